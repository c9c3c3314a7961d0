"""The five types of board that ship with the software (domain.md §5); an administrator may change them."""

from typing import Any

from governance.states import DecisionKind, Rule

D = DecisionKind

# code → (tier, quorum, rule, kinds of decision, names, terms of reference)
BOARD_TYPES: dict[str, tuple[int, int, Rule, list[D], tuple[str, str], tuple[str, str]]] = {
    "operations-committee": (
        1,
        3,
        Rule.MAJORITY,
        [D.ROADMAP_ENDORSEMENT],
        ("Operations committee", "Comité des opérations"),
        (
            "Looks at each roadmap year before it goes further: can it be done with the people and platforms there are, "
            "does it fit what neighbouring products plan, and does every quarter deliver something? It endorses the "
            "year or sends it back to the team.",
            "Examine chaque exercice de la feuille de route avant qu’il aille plus loin : est-il réalisable avec les "
            "personnes et les plateformes en place, s’accorde-t-il avec les plans des produits voisins, et chaque "
            "trimestre livre-t-il quelque chose? Il appuie l’exercice ou le renvoie à l’équipe.",
        ),
    ),
    "review-committee": (
        1,
        4,
        Rule.MAJORITY,
        [D.ROADMAP_APPROVAL, D.MOU, D.OUTCOME_GATE],
        ("Review committee", "Comité d’examen"),
        (
            "Approves roadmap years that the operations committee has endorsed, and the memoranda of understanding "
            "between the IT branch and those who sponsor its products. Decides on outcomes that go beyond what a team "
            "may settle alone.",
            "Approuve les exercices de la feuille de route appuyés par le comité des opérations, ainsi que les "
            "protocoles d’entente entre la direction générale de la TI et celles qui parrainent ses produits. Tranche "
            "sur les résultats visés qui dépassent ce que l’équipe peut régler seule.",
        ),
    ),
    "investment-board": (
        2,
        4,
        Rule.MAJORITY,
        [D.GATE, D.STATUS, D.STATUS_REVIEW],
        ("Investment board", "Comité des investissements"),
        (
            "Second tier, chaired by the Chief Financial Officer. Decides at the toll-gates, grants product status over "
            "several years, reviews it and may withdraw it, so that money follows what products achieve.",
            "Deuxième palier, présidé par le dirigeant principal des finances. Décide aux points de passage, accorde le "
            "statut de produit pour plusieurs années, le revoit et peut le retirer, afin que l’argent suive ce que les "
            "produits accomplissent.",
        ),
    ),
    "management-committee": (
        2,
        4,
        Rule.CONSENSUS,
        [D.NON_COMPLIANCE, D.RISK_ESCALATION],
        ("Management committee", "Comité de gestion"),
        (
            "Hears teams that do not follow the standard and decides what comes of it. Takes the risks that are too "
            "high for those who own the product to accept.",
            "Entend les équipes qui ne suivent pas la norme et décide des suites. Se saisit des risques trop élevés pour "
            "être acceptés par les responsables du produit.",
        ),
    ),
    "architecture-committee": (
        1,
        3,
        Rule.CHAIR,
        [D.ADVICE],
        ("Architecture committee", "Comité d’architecture"),
        (
            "Advises boards and teams on business capabilities, information and technology: what fits, what is on its "
            "way out, and what an exception would cost.",
            "Conseille les comités et les équipes sur les capacités opérationnelles, l’information et la technologie : ce "
            "qui convient, ce qui est appelé à disparaître et ce que coûterait une exception.",
        ),
    ),
}


def board_type(code: str) -> dict[str, Any]:
    """The fields of one shipped type."""
    tier, quorum, rule, decides, names, terms = BOARD_TYPES[code]
    return {
        "code": code,
        "tier": tier,
        "quorum": quorum,
        "rule": rule,
        "decides": list(decides),
        "name_en": names[0],
        "name_fr": names[1],
        "terms_en": terms[0],
        "terms_fr": terms[1],
    }
