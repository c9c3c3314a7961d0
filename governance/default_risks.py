"""The risk grid, the meaning of the levels and the rules of the bands that ship with the software (domain.md §7)."""

from datetime import date
from typing import Any

from governance.risk_states import Band, Scale
from people.states import CapacityKind as K

# Long before anything that is entered afterwards, so that the past has a grid too.
SINCE = date(2000, 1, 1)


def _band(severity: int) -> Band:
    return Band.LOW if severity <= 4 else Band.MEDIUM if severity <= 12 else Band.HIGH


# In the order of governance.models.risk_rules.cell_index: likelihood by likelihood, impact within it.
CELLS: list[str] = [_band(likelihood * impact).value for likelihood in range(1, 6) for impact in range(1, 6)]

# band → days until it is reviewed again, who accepts, whether a board may
RULES: dict[Band, tuple[int, list[str], bool]] = {
    Band.LOW: (180, [K.PRODUCT_MANAGER.value], False),
    Band.MEDIUM: (90, [K.HEAD_OF_PRODUCT.value], False),
    Band.HIGH: (30, [K.SPONSOR.value], True),
}

LEVELS: dict[Scale, list[tuple[str, str]]] = {
    Scale.LIKELIHOOD: [
        (
            "Would surprise everyone: less than one chance in twenty within a year, and nothing points to it.",
            "Surprendrait tout le monde : moins d’une chance sur vingt en un an, et rien ne l’annonce.",
        ),
        (
            "Has happened elsewhere: up to one chance in five within a year.",
            "S’est déjà vu ailleurs : jusqu’à une chance sur cinq en un an.",
        ),
        (
            "Could go either way: up to one chance in two within a year, or it happened here in the last few years.",
            "Peut se produire ou non : jusqu’à une chance sur deux en un an, ou cela s’est produit ici ces dernières années.",
        ),
        (
            "More likely than not within a year; the first signs are there.",
            "Plus probable qu’improbable en un an; les premiers signes sont là.",
        ),
        (
            "Only a surprise would prevent it: more than nine chances in ten, or it is beginning.",
            "Seul un imprévu l’empêcherait : plus de neuf chances sur dix, ou cela commence.",
        ),
    ],
    Scale.IMPACT: [
        (
            "Hardly noticed: absorbed in the week’s work, no user is affected.",
            "À peine remarqué : absorbé dans le travail de la semaine, personne n’est touché parmi les utilisateurs.",
        ),
        (
            "A nuisance: a few users or a few days, settled by the team within its means.",
            "Un désagrément : quelques utilisateurs ou quelques jours, réglé par l’équipe avec ses moyens.",
        ),
        (
            "An outcome is late or smaller than promised, many users notice, or money must be found within the branch.",
            "Un résultat visé arrive tard ou amoindri, beaucoup d’utilisateurs le remarquent, ou il faut trouver de "
            "l’argent dans la direction générale.",
        ),
        (
            "A service stops for days, an outcome is lost, a law or a promise to the public is not kept, or the "
            "department must answer for it.",
            "Un service s’arrête pendant des jours, un résultat visé est perdu, une loi ou un engagement public n’est "
            "pas respecté, ou le ministère doit en répondre.",
        ),
        (
            "People come to harm, a service cannot be restored, or trust and money are lost beyond what the department "
            "can bear alone.",
            "Des personnes subissent un préjudice, un service ne peut être rétabli, ou la confiance et l’argent perdus "
            "dépassent ce que le ministère peut supporter seul.",
        ),
    ],
}


def shipped_levels() -> list[dict[str, Any]]:
    """Values of the ten RiskLevel rows."""
    return [
        {"scale": scale.value, "value": value, "definition_en": english, "definition_fr": french}
        for scale, words in LEVELS.items()
        for value, (english, french) in enumerate(words, start=1)
    ]


def shipped_rules() -> list[dict[str, Any]]:
    """Values of the three BandRule rows."""
    return [
        {"band": band.value, "starts_on": SINCE, "review_days": days, "accepted_by": kinds, "board_accepts": board}
        for band, (days, kinds, board) in RULES.items()
    ]
