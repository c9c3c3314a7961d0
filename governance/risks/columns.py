"""The columns of a register as a spreadsheet: what is taken away is what comes back in (decisions.md §24).

What we only tell, such as the band, is passed over when the file comes back.
"""

from typing import Any

from django.db.models import TextChoices
from django.utils.functional import lazy

from governance.risk_states import ImpactArea, RiskCategory, RiskStrategy, ScoreKind
from people.spreadsheets.columns import Column, words_of

LEVEL_EN, LEVEL_FR = "a level from 1 to 5", "un degré de 1 à 5"
DAY_EN, DAY_FR = "a day, such as 2026-05-31", "un jour, par exemple 2026-05-31"
PART_EN, PART_FR = "up to 600 characters", "jusqu’à 600 caractères"

NUMBER = Column(
    "number",
    "Risk",
    "Risque",
    False,
    "R-014 for a risk there is; empty for a new one",
    "R-014 pour un risque existant; vide pour un nouveau risque",
)
SCORES = {
    ScoreKind.INHERENT: ("Inherent", "inhérente"),
    ScoreKind.CURRENT: ("Current", "actuelle"),
    ScoreKind.RESIDUAL: ("Residual", "résiduelle"),
}
ACTIVITY = ("activity_en", "activity_fr", "activity_owner", "activity_due")

COLUMNS = (
    NUMBER,
    Column(
        "product",
        "Product",
        "Produit",
        False,
        "code of a product of the family; empty for its head",
        "code d’un produit de la famille; vide pour le produit de tête",
    ),
    Column("given_en", "Given that (English)", "Étant donné que (anglais)", False, PART_EN, PART_FR),
    Column("event_en", "There is a risk that (English)", "Il y a un risque que (anglais)", False, PART_EN, PART_FR),
    Column("consequence_en", "Which will lead to (English)", "Ce qui entraînera (anglais)", False, PART_EN, PART_FR),
    Column("given_fr", "Given that (French)", "Étant donné que (français)", False, PART_EN, PART_FR),
    Column("event_fr", "There is a risk that (French)", "Il y a un risque que (français)", False, PART_EN, PART_FR),
    Column("consequence_fr", "Which will lead to (French)", "Ce qui entraînera (français)", False, PART_EN, PART_FR),
    Column(
        "category",
        "Category",
        "Catégorie",
        False,
        "delivery and schedule, people and skills, technology …",
        "livraison et calendrier, personnes et compétences, technologie …",
    ),
    Column(
        "impact_areas",
        "Impact on",
        "Incidence sur",
        False,
        "several words between commas: financial, client satisfaction, media, legal, operations",
        "plusieurs mots séparés par des virgules",
    ),
    Column(
        "owner",
        "Owner (e-mail address)",
        "Responsable (adresse courriel)",
        False,
        "address of somebody with an account",
        "adresse d’une personne qui a un compte",
    ),
    Column(
        "strategy",
        "Strategy",
        "Stratégie",
        False,
        "monitor, transfer, avoid, mitigate, prepare, exploit; empty when not decided yet",
        "vide tant qu’elle n’est pas choisie",
    ),
    Column("strategy_note", "Why this strategy", "Raison de la stratégie", False, "needed for another strategy", ""),
    Column("transfer_to", "Transferred to", "Transféré à", False, "for the strategy to transfer", ""),
    Column("raised_on", "Raised on", "Signalé le", False, DAY_EN, DAY_FR, is_date=True),
    Column("review_on", "Next review", "Prochain examen", False, DAY_EN, DAY_FR, is_date=True),
    *(
        column
        for kind, (english, french) in SCORES.items()
        for column in (
            Column(f"{kind}_likelihood", f"{english} likelihood", f"Probabilité {french}", False, LEVEL_EN, LEVEL_FR),
            Column(f"{kind}_impact", f"{english} impact", f"Incidence {french}", False, LEVEL_EN, LEVEL_FR),
        )
    ),
    Column(
        "note",
        "Why the score changes",
        "Raison de la nouvelle cote",
        False,
        "needed where a score of an existing risk changes",
        "exigée lorsqu’une cote d’un risque existant change",
    ),
    Column(
        "activity_en",
        "New activity (English)",
        "Nouvelle activité (anglais)",
        False,
        "what is done against the risk; with an owner and a day",
        "ce qui est fait contre le risque; avec un responsable et une date",
    ),
    Column("activity_fr", "New activity (French)", "Nouvelle activité (français)"),
    Column("activity_owner", "Who does it (e-mail address)", "Qui la mène (adresse courriel)"),
    Column("activity_due", "Activity due on", "Échéance de l’activité", False, DAY_EN, DAY_FR, is_date=True),
    Column("score_told", "Current score", "Cote actuelle", is_told=True),
    Column("band_told", "Band", "Niveau", is_told=True),
    Column("activities_told", "Activities", "Activités", is_told=True),
    Column("reviewed_told", "Last reviewed on", "Dernier examen", is_told=True),
    Column("product_told", "Name of the product", "Nom du produit", is_told=True),
)
FIELDS = tuple(column for column in COLUMNS if not column.is_told)

CATEGORIES, AREAS, STRATEGIES = words_of(RiskCategory), words_of(ImpactArea), words_of(RiskStrategy)


def _said(choices: type[TextChoices]) -> Any:
    """What to write in such a cell, as the reader would say it."""
    return lazy(lambda: ", ".join(str(choice.label) for choice in choices), str)()


SAID = {"category": _said(RiskCategory), "impact_areas": _said(ImpactArea), "strategy": _said(RiskStrategy)}
