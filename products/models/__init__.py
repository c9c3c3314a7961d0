"""Products, what surrounds them, who makes them, and their brief."""

from products.models.brief import BriefBuffer, BriefConfirmation, BriefPolicy, BriefSection, BriefVersion
from products.models.landscape import (
    Application,
    AutonomyLevel,
    BusinessCapability,
    FundingSource,
    Portfolio,
    Program,
    Service,
    TechnologyStandard,
)
from products.models.plans import BudgetLine, InformationAssessment, ProductStrategy, StandardInUse
from products.models.product import (
    ApplicationManaged,
    CapabilityImproved,
    Product,
    ProductDependency,
    ProductStatus,
    ServiceEnabled,
    StageUse,
    ValueStreamStage,
)
from products.models.team import (
    BodyMember,
    CorporateFacing,
    GovernanceBody,
    Position,
    RequirementsRepository,
    RoleAssignment,
    RoleDefinition,
)

__all__ = [
    "Application",
    "ApplicationManaged",
    "AutonomyLevel",
    "BodyMember",
    "BriefBuffer",
    "BriefConfirmation",
    "BriefPolicy",
    "BriefSection",
    "BriefVersion",
    "BudgetLine",
    "BusinessCapability",
    "CapabilityImproved",
    "CorporateFacing",
    "FundingSource",
    "GovernanceBody",
    "InformationAssessment",
    "Portfolio",
    "Position",
    "Product",
    "ProductDependency",
    "ProductStatus",
    "ProductStrategy",
    "Program",
    "RequirementsRepository",
    "RoleAssignment",
    "RoleDefinition",
    "Service",
    "ServiceEnabled",
    "StageUse",
    "StandardInUse",
    "TechnologyStandard",
    "ValueStreamStage",
]
