"""The indicators that ship with the software (domain.md §8); an administrator may change them and add others."""

from typing import Any

from django.db import connection

from metrics.states import KpiDirection, KpiFrequency, KpiKind, KpiMethod
from records.actors import SYSTEM
from records.writing import save

HIGHER, LOWER = KpiDirection.HIGHER, KpiDirection.LOWER
MONTH, QUARTER, YEAR = KpiFrequency.MONTH, KpiFrequency.QUARTER, KpiFrequency.YEAR
PERCENT = {"unit_en": "%", "unit_fr": "%", "least": 0, "most": 100}
OF_FIVE = {"unit_en": "of 5", "unit_fr": "sur 5", "least": 1, "most": 5, "decimals": 1}

# code → (kind, direction, frequency, names, meanings, whatever else)
INDICATORS: dict[str, tuple[KpiKind, KpiDirection, KpiFrequency, tuple[str, str], tuple[str, str], dict[str, Any]]] = {
    "open-vulnerabilities": (
        KpiKind.QUALITY,
        LOWER,
        MONTH,
        ("Open vulnerabilities", "Vulnérabilités ouvertes"),
        (
            "Vulnerabilities known in the product and not fixed on the last day of the period.",
            "Vulnérabilités connues du produit qui ne sont pas corrigées le dernier jour de la période.",
        ),
        {"least": 0},
    ),
    "application-condition": (
        KpiKind.QUALITY,
        HIGHER,
        YEAR,
        ("Condition of the applications", "État des applications"),
        (
            "How fit the applications of the product are for the years ahead, as the yearly assessment finds it.",
            "Aptitude des applications du produit à servir les prochaines années, selon l’évaluation annuelle.",
        ),
        OF_FIVE,
    ),
    "escaped-defects": (
        KpiKind.QUALITY,
        LOWER,
        QUARTER,
        ("Escaped defects", "Défauts échappés"),
        (
            "Defects that users met in production, counted in the period in which they were reported.",
            "Défauts rencontrés par les utilisateurs en production, comptés dans la période où ils ont été signalés.",
        ),
        {"least": 0},
    ),
    "debt": (
        KpiKind.QUALITY,
        LOWER,
        QUARTER,
        ("Technical debt", "Dette technique"),
        (
            "Days of work that the debts on the team’s list would take on the last day of the period.",
            "Jours de travail qu’exigeraient les dettes inscrites à la liste de l’équipe le dernier jour de la période.",
        ),
        {"unit_en": "days of work", "unit_fr": "jours de travail", "least": 0},
    ),
    "morale": (
        KpiKind.TEAM,
        HIGHER,
        QUARTER,
        ("Morale of the team", "Moral de l’équipe"),
        (
            "What the people of the team answer, on average, when asked how they find their work.",
            "Réponse moyenne des membres de l’équipe lorsqu’on leur demande comment ils trouvent leur travail.",
        ),
        OF_FIVE,
    ),
    "team-stability": (
        KpiKind.TEAM,
        HIGHER,
        QUARTER,
        ("Team stability", "Stabilité de l’équipe"),
        (
            "Of the people who held a role on the first day of the period, the share who hold one on its last day.",
            "Parmi les personnes qui avaient un rôle le premier jour de la période, la part de celles qui en ont un le "
            "dernier jour.",
        ),
        {**PERCENT, "method": KpiMethod.TEAM_STABILITY},
    ),
    "speed-to-market": (
        KpiKind.SERVICE_LEVEL,
        LOWER,
        QUARTER,
        ("Speed to market", "Délai de mise en marché"),
        (
            "Median days from the acceptance of a request to its release, over the requests released in the period.",
            "Nombre médian de jours entre l’acceptation d’une demande et sa mise en production, pour les demandes mises "
            "en production dans la période.",
        ),
        {"unit_en": "days", "unit_fr": "jours", "least": 0, "method": KpiMethod.SPEED_TO_MARKET},
    ),
    "customer-satisfaction": (
        KpiKind.SATISFACTION,
        HIGHER,
        QUARTER,
        ("Customer satisfaction", "Satisfaction de la clientèle"),
        (
            "Share of the customers asked who say that they are satisfied or very satisfied.",
            "Part des clients interrogés qui se disent satisfaits ou très satisfaits.",
        ),
        PERCENT,
    ),
}


def load_indicators() -> None:
    """Add the indicators that are missing; change nothing that exists, whoever wrote it."""
    from metrics.models import KpiDefinition

    if KpiDefinition._meta.db_table not in connection.introspection.table_names():
        return
    present = set(KpiDefinition.objects.filter(department__isnull=True).values_list("code", flat=True))
    for code, (kind, direction, frequency, names, meanings, more) in INDICATORS.items():
        if code not in present:
            told = {"name_en": names[0], "name_fr": names[1], "meaning_en": meanings[0], "meaning_fr": meanings[1]}
            given = {"kind": kind, "direction": direction, "frequency": frequency, **told, **more}
            save(KpiDefinition(code=code, **given), by=SYSTEM)
