"""ITSPM's seven toll-gates with what each asks for and what follows (domain.md §5); an administrator may change them."""

from dataclasses import dataclass
from typing import NamedTuple

from governance.states import Effect as E
from governance.states import Requirement
from products.states import Phase

CODE = "itspm"
NAME = ("ITSPM toll-gates", "Points de passage ITSPM")
R, C = Requirement.REQUIRED, Requirement.CONDITIONAL


class Both(NamedTuple):
    """The same in both languages."""

    en: str
    fr: str


@dataclass(frozen=True)
class Input:
    """`frozen` is the kind of our own record that serves; `when_not_held` an optional gate before this one."""

    name: Both
    why: Both
    requirement: Requirement = R
    frozen: str = ""
    when_not_held: int | None = None


@dataclass(frozen=True)
class ShippedGate:
    name: Both
    purpose: Both
    from_phases: tuple[Phase, ...]
    effects: tuple[E, E, E]  # approved, returned, rejected
    words: tuple[Both, Both]  # approved, otherwise
    inputs: tuple[Input, ...]
    is_optional: bool = False
    for_changes: bool = False
    fixes_next_review: bool = False


# What gate 2 asks for, and gate 3 when gate 2 was not held.
FEASIBILITY = (
    Input(
        Both("Roadmap", "Feuille de route"),
        Both(
            "Shows which outcomes come when, and what each costs.",
            "Montre quels résultats viennent quand, et à quel coût.",
        ),
        frozen="roadmap",
    ),
    Input(
        Both(
            "Release plan for at least the first release", "Plan de mise en production d’au moins la première version"
        ),
        Both(
            "Shows what users get first, and that it can be built in that time.",
            "Montre ce que les utilisateurs reçoivent d’abord, et que le délai est réaliste.",
        ),
    ),
    Input(
        Both("High-level business case", "Analyse de rentabilisation sommaire"),
        Both(
            "Sets the cost against the benefit, in broad strokes.",
            "Met le coût en regard de l’avantage, à grands traits.",
        ),
    ),
)


# Recommended where a board puts money on what comes, or looks back on what came.
REGISTER = Input(
    Both("Risk register", "Registre des risques"),
    Both(
        "Shows what could go wrong, how severe that is today, and what is done about it.",
        "Montre ce qui pourrait mal tourner, avec quelle gravité aujourd’hui, et ce qui est fait.",
    ),
    Requirement.RECOMMENDED,
    frozen="risk_register",
)

# Recommended where a board looks back on what came.
ANALYSIS = Input(
    Both("Release impact analyses", "Analyses d’impact des versions"),
    Both(
        "Show what was expected of each release, what was observed, and on what evidence.",
        "Montrent ce qui était attendu de chaque version, ce qui a été observé, et sur quelles preuves.",
    ),
    Requirement.RECOMMENDED,
    frozen="impact_analysis",
)


def _unless_held(number: int) -> tuple[Input, ...]:
    return tuple(Input(each.name, each.why, each.requirement, each.frozen, number) for each in FEASIBILITY)


RUNNING = (Phase.OPERATE, Phase.IMPROVE)
GATES: dict[int, ShippedGate] = {
    1: ShippedGate(
        Both("Service justification", "Justification du service"),
        Both(
            "Somebody needs something. Before anybody designs it, this gate asks whether it is worth the money to try.",
            "Un besoin est apparu. Avant toute conception, ce point de passage demande si l’essai en vaut la dépense.",
        ),
        (Phase.STRATEGY,),
        (E.JUSTIFIED, E.NOTHING, E.REJECTED),
        (
            Both(
                "The decision says whether the idea is complex or risky, and why: if so, gate 2 opens; if not, the product "
                "goes on to Design and gate 3 opens.",
                "La décision indique si l’idée est complexe ou risquée, et pourquoi : si oui, le point de passage 2 s’ouvre; "
                "sinon, le produit passe à la conception et le point de passage 3 s’ouvre.",
            ),
            Both(
                "The strategy is amended and presented again, or the product is rejected and closed.",
                "La stratégie est modifiée et présentée de nouveau, ou le produit est rejeté et fermé.",
            ),
        ),
        (
            Input(
                Both("Strategy", "Stratégie"),
                Both(
                    "Says on one page why, for whom, which outcomes and when.",
                    "Dit en une page pourquoi, pour qui, quels résultats et quand.",
                ),
                frozen="strategy",
            ),
        ),
        for_changes=True,
    ),
    2: ShippedGate(
        Both("Service feasibility", "Faisabilité du service"),
        Both(
            "Only for what gate 1 called complex or risky: cost, risk and technical feasibility are looked at more closely "
            "before design begins.",
            "Seulement pour ce que le point de passage 1 a jugé complexe ou risqué : le coût, le risque et la faisabilité "
            "technique sont examinés de plus près avant la conception.",
        ),
        (Phase.STRATEGY,),
        (E.TO_DESIGN, E.NOTHING, E.REJECTED),
        (
            Both("On to Design; gate 3 opens.", "Passage à la conception; le point de passage 3 s’ouvre."),
            Both(
                "The strategy is amended and presented again, or the product is rejected and closed.",
                "La stratégie est modifiée et présentée de nouveau, ou le produit est rejeté et fermé.",
            ),
        ),
        FEASIBILITY,
        is_optional=True,
        for_changes=True,
    ),
    3: ShippedGate(
        Both("Service realization", "Réalisation du service"),
        Both(
            "The design is thorough and its figures bear out the first estimates, so that money for building it is well "
            "spent.",
            "La conception est approfondie et ses chiffres confirment les premières estimations : l’argent de la réalisation "
            "sera bien employé.",
        ),
        (Phase.DESIGN,),
        (E.TO_TRANSITION, E.NOTHING, E.REJECTED),
        (
            Both(
                "Funding is approved and building starts: on to Transition, listed in the catalogue as coming.",
                "Le financement est approuvé et la réalisation commence : passage à la transition, inscription au catalogue "
                "comme produit à venir.",
            ),
            Both(
                "Strategy, roadmap or business case is amended and presented again, or the product is rejected and closed.",
                "La stratégie, la feuille de route ou l’analyse de rentabilisation est modifiée et présentée de nouveau, ou "
                "le produit est rejeté et fermé.",
            ),
        ),
        (
            Input(
                Both(
                    "Service design and preliminary acceptance criteria",
                    "Conception du service et critères d’acceptation préliminaires",
                ),
                Both(
                    "Describes what will be built and how everybody will know that it is good.",
                    "Décrit ce qui sera réalisé et comment chacun saura que c’est réussi.",
                ),
            ),
            Input(
                Both(
                    "Proof-of-concept result and recommendation",
                    "Résultat de la validation de principe et recommandation",
                ),
                Both(
                    "Tells what was tried, and what was learned.", "Raconte ce qui a été essayé et ce qu’on a appris."
                ),
            ),
            Input(
                Both("Indicative unit price", "Prix unitaire indicatif"),
                Both("Tells customers what one use will cost.", "Indique aux clients ce que coûtera une utilisation."),
            ),
            Input(
                Both("Detailed business case", "Analyse de rentabilisation détaillée"),
                Both(
                    "Carries the funding decision, year by year.",
                    "Porte la décision de financement, exercice par exercice.",
                ),
            ),
            *_unless_held(2),
            REGISTER,
        ),
        for_changes=True,
    ),
    4: ShippedGate(
        Both("Ready for operation", "Prêt pour l’exploitation"),
        Both(
            "Building and testing have kept what was promised, and the customer takes it over knowingly.",
            "La réalisation et les essais ont tenu les promesses, et le client en prend livraison en connaissance de cause.",
        ),
        (Phase.TRANSITION,),
        (E.TO_OPERATE, E.NOTHING, E.REJECTED),
        (
            Both(
                "On to Operate, listed in the catalogue as live; the decision fixes when gate 5 looks at the business case.",
                "Passage à l’exploitation, inscription au catalogue comme produit offert; la décision fixe quand le point de "
                "passage 5 reverra l’analyse de rentabilisation.",
            ),
            Both(
                "Redesign, rebuild, retest or update of the business case, then presented again; or rejected and closed.",
                "Nouvelle conception, réalisation ou mise à l’essai, ou mise à jour de l’analyse de rentabilisation, puis "
                "nouvelle présentation; ou produit rejeté et fermé.",
            ),
        ),
        (
            Input(
                Both(
                    "Acceptance criteria, including customer-experience testing",
                    "Critères d’acceptation, y compris les essais d’expérience client",
                ),
                Both("Shows what was tested and by whom.", "Montre ce qui a été mis à l’essai et par qui."),
            ),
            Input(
                Both("Signed service contract", "Contrat de service signé"),
                Both(
                    "Binds both sides; a memorandum of understanding in force serves.",
                    "Engage les deux parties; un protocole d’entente en vigueur en tient lieu.",
                ),
            ),
            Input(
                Both(
                    "Customer acceptance by a representative of the sponsoring branch",
                    "Acceptation du client par une personne représentant la direction générale qui parraine",
                ),
                Both(
                    "Those who pay say that they take it over.",
                    "Les bailleurs de fonds disent qu’ils en prennent livraison.",
                ),
            ),
            REGISTER,
        ),
        for_changes=True,
        fixes_next_review=True,
    ),
    5: ShippedGate(
        Both("Business case review", "Revue de l’analyse de rentabilisation"),
        Both(
            "The product is in use. At agreed intervals its Head of Product shows whether it still brings what it was paid "
            "for.",
            "Le produit est en service. À intervalles convenus, sa ou son responsable montre s’il apporte toujours ce pour "
            "quoi il est financé.",
        ),
        RUNNING,
        (E.CONFIRMED, E.TO_IMPROVE, E.TO_IMPROVE),
        (
            Both(
                "The outcomes are confirmed: the product is in Operate, and the next review has its date.",
                "Les résultats sont confirmés : le produit est en exploitation et la prochaine revue a sa date.",
            ),
            Both(
                "Strategy and roadmap are reviewed: on to Improve.",
                "La stratégie et la feuille de route sont revues : passage à l’amélioration.",
            ),
        ),
        (
            Input(
                Both("Business case verification report", "Rapport de vérification de l’analyse de rentabilisation"),
                Both(
                    "Compares what was promised with what came of it.",
                    "Compare ce qui avait été promis et ce qui a été obtenu.",
                ),
            ),
            Input(
                Both(
                    "Service and delivery improvement plans",
                    "Plans d’amélioration du service et de sa prestation",
                ),
                Both("Says what will be better by the next review.", "Dit ce qui ira mieux d’ici la prochaine revue."),
            ),
            REGISTER,
            ANALYSIS,
        ),
        fixes_next_review=True,
    ),
    6: ShippedGate(
        Both("End of operation", "Fin de l’exploitation"),
        Both(
            "The product has had its day. Its last customers are moved elsewhere before it is offered no more.",
            "Le produit a fait son temps. Ses derniers clients sont dirigés ailleurs avant qu’il cesse d’être offert.",
        ),
        RUNNING,
        (E.TO_RETIRE, E.NOTHING, E.NOTHING),
        (
            Both("Off the catalogue: on to Retire.", "Retrait du catalogue : passage au retrait."),
            Both(
                "The roadmap is reviewed, and customers are told how they will be moved.",
                "La feuille de route est revue, et les clients sont informés de leur transition.",
            ),
        ),
        (
            Input(
                Both("Roadmap", "Feuille de route"),
                Both("Shows that nothing more is planned.", "Montre que rien d’autre n’est prévu."),
                frozen="roadmap",
            ),
            Input(
                Both("Retirement proposal", "Proposition de retrait"),
                Both("Says why, when and what it frees.", "Dit pourquoi, quand et ce que cela libère."),
            ),
            Input(
                Both("Operational and consumption reports", "Rapports d’exploitation et de consommation"),
                Both(
                    "Show how much it is still used, where the board wants to know.",
                    "Montrent combien il sert encore, si le comité veut le savoir.",
                ),
                C,
            ),
            Input(
                Both(
                    "Remaining consumers and their transition plan",
                    "Utilisateurs restants et leur plan de transition",
                ),
                Both("Names who is still left, and where each goes.", "Nomme qui reste encore, et où chacun s’en va."),
            ),
        ),
    ),
    7: ShippedGate(
        Both("Phase-out closure", "Clôture du retrait"),
        Both(
            "Nobody uses the product any more. What is left of it is taken down for good.",
            "Plus personne n’utilise le produit. Ce qu’il en reste est démantelé pour de bon.",
        ),
        (Phase.RETIRE,),
        (E.PHASED_OUT, E.NOTHING, E.NOTHING),
        (
            Both("The product is closed: phased out.", "Le produit est fermé : retrait achevé."),
            Both(
                "The phase-out is denied; the product stays in Retire.",
                "La clôture est refusée; le produit demeure en retrait.",
            ),
        ),
        (
            Input(
                Both("Phase-out proposal", "Proposition de clôture du retrait"),
                Both(
                    "Says what is archived, what is switched off and who looks after what is kept.",
                    "Dit ce qui est archivé, ce qui est éteint et qui veille sur ce qui est conservé.",
                ),
            ),
        ),
    ),
}
