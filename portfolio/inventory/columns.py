"""The columns of an inventory file. Heads and words are accepted in both languages, whatever capitals and accents they carry."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from people.spreadsheets.columns import Column

COLUMNS = (
    Column(
        "code",
        "Code",
        "Code",
        True,
        "2 to 30 capitals, digits and hyphens",
        "2 à 30 majuscules, chiffres et traits d’union",
    ),
    Column("name_en", "Name (English)", "Nom (anglais)", True, "up to 120 characters", "jusqu’à 120 caractères"),
    Column("name_fr", "Name (French)", "Nom (français)", True, "up to 120 characters", "jusqu’à 120 caractères"),
    Column("summary_en", "Purpose (English)", "Raison d’être (anglais)"),
    Column("summary_fr", "Purpose (French)", "Raison d’être (français)"),
    Column("level", "Level", "Niveau", True, "departmental, CIO", "ministériel, DPI"),
    Column(
        "orientation",
        "Orientation",
        "Orientation",
        False,
        "internal, external; only for CIO products",
        "interne, externe; seulement pour les produits du DPI",
    ),
    Column(
        "branch",
        "Branch",
        "Direction générale",
        True,
        "acronym of the sponsoring branch",
        "sigle de la direction générale responsable",
    ),
    Column("portfolio", "Portfolio", "Portefeuille", False, "code of the portfolio", "code du portefeuille"),
    Column("parent", "Part of", "Fait partie de", False, "code of another product", "code d’un autre produit"),
    Column("customers_en", "Customers (English)", "Clients (anglais)"),
    Column("customers_fr", "Customers (French)", "Clients (français)"),
    Column(
        "way_of_working",
        "Way of working",
        "Façon de travailler",
        False,
        "plan-driven, agile, hybrid",
        "planifiée, agile, hybride",
    ),
    Column("autonomy_level", "Autonomy level", "Niveau d’autonomie", False, "code of the level", "code du niveau"),
    Column("support_process_en", "Support process (English)", "Processus de soutien (anglais)"),
    Column("support_process_fr", "Support process (French)", "Processus de soutien (français)"),
    Column("support_contact", "First contact", "Premier contact"),
)

# What a cell may say for each value, after `plain`.
WORDS: dict[str, dict[str, str]] = {
    "level": {
        "departmental": "departmental",
        "ministeriel": "departmental",
        "ministerielle": "departmental",
        "cio": "cio",
        "dpi": "cio",
    },
    "orientation": {"internal": "internal", "interne": "internal", "external": "external", "externe": "external"},
    "way_of_working": {
        "plan driven": "plan_driven",
        "planifiee": "plan_driven",
        "planifie": "plan_driven",
        "agile": "agile",
        "hybrid": "hybrid",
        "hybride": "hybrid",
    },
}
# What to write there, as the reader would say it.
SAID: dict[str, Any] = {
    "level": _("departmental, CIO"),
    "orientation": _("internal, external"),
    "way_of_working": _("plan-driven, agile, hybrid"),
}
