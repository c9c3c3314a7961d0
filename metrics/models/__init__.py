"""Delivery sources and facts, what is computed from them, and what is declared."""

from metrics.models.facts import Change, Deployment, DeploymentChange, Incident
from metrics.models.kpis import KpiDefinition, KpiValue, ProductKpi
from metrics.models.months import DeclaredMonth, DoraSnapshot, MonthClosing, StaleMonth
from metrics.models.policy import (
    DeliverySettings,
    DeliveryWatermark,
    DoraTarget,
    LevelSet,
    LevelThreshold,
    MetricsPolicy,
)
from metrics.models.source import (
    Delivery,
    DeliveryLogEntry,
    DeliveryReceipt,
    DeliverySource,
    DeliveryUpload,
    EnvironmentMapping,
    PendingDelivery,
    SourceSecret,
    WorkflowMapping,
)

__all__ = [
    "Change",
    "DeclaredMonth",
    "Delivery",
    "DeliveryLogEntry",
    "DeliveryReceipt",
    "DeliverySettings",
    "DeliverySource",
    "DeliveryUpload",
    "DeliveryWatermark",
    "Deployment",
    "DeploymentChange",
    "DoraSnapshot",
    "DoraTarget",
    "EnvironmentMapping",
    "Incident",
    "KpiDefinition",
    "KpiValue",
    "LevelSet",
    "LevelThreshold",
    "MetricsPolicy",
    "MonthClosing",
    "PendingDelivery",
    "ProductKpi",
    "SourceSecret",
    "StaleMonth",
    "WorkflowMapping",
]
