"""What ships with the software and an administrator may change afterwards: the seven roles, the policy on briefs.

Loaded after every migrate (and after a test flush); rows that exist are left as they are, whoever wrote them.
"""

from typing import Any

from django.db import connection

from people.states import CapacityKind
from records.actors import SYSTEM
from records.writing import save

K = CapacityKind

# role → (at most, required, activities en, activities fr, horizon en, horizon fr)
ROLES: dict[K, tuple[int | None, bool, str, str, str, str]] = {
    K.HEAD_OF_PRODUCT: (
        1,
        True,
        "Answers for the whole family of products. Keeps its product managers and neighbouring teams moving the "
        "same way, tells senior management where the product stands, and takes it through departmental governance.",
        "Répond de toute la famille de produits. Veille à ce que ses gestionnaires de produit et les équipes "
        "voisines avancent dans le même sens, informe la haute direction de l’état du produit et le mène à "
        "travers la gouvernance ministérielle.",
        "Answers for the family, at the executive level.",
        "Répond de la famille, au niveau de la direction.",
    ),
    K.PRODUCT_MANAGER: (
        None,
        True,
        "Sets vision and strategy in line with the program and the department. Gathers and orders what clients "
        "need, writes the roadmaps, secures the money, agrees with projects on what the team can promise, and "
        "sees that the team has the people, tools and training it needs.",
        "Définit la vision et la stratégie en accord avec le programme et le ministère. Recueille et ordonne les "
        "besoins des clients, rédige les feuilles de route, obtient les fonds, convient avec les projets de ce "
        "que l’équipe peut promettre et voit à ce que l’équipe ait les personnes, les outils et la formation "
        "nécessaires.",
        "Looks beyond three to six months.",
        "Regarde au-delà de trois à six mois.",
    ),
    K.PRODUCT_OWNER: (
        None,
        True,
        "Has the last word on priority, business value and function in the team’s work. Gives each release a "
        "clear goal, decides for the business, works out requirements with the team, sees to security patches and "
        "other obligations, and tells people outside how it goes.",
        "A le dernier mot sur la priorité, la valeur opérationnelle et les fonctions dans le travail de l’équipe. "
        "Donne à chaque version un but clair, décide au nom des affaires, précise les exigences avec l’équipe, "
        "voit aux correctifs de sécurité et aux autres obligations, et informe l’extérieur de l’avancement.",
        "Looks ahead three to six months.",
        "Regarde à trois à six mois.",
    ),
    K.SECURITY_CHAMPION: (
        1,
        True,
        "Knows the security of the product. Brings security tools into the pipeline, reads their results, sees "
        "that risks found in the software are dealt with, and coaches the team.",
        "Connaît la sécurité du produit. Intègre les outils de sécurité à la chaîne de livraison, en lit les "
        "résultats, voit à ce que les risques relevés dans le logiciel soient traités et accompagne l’équipe.",
        "Every release.",
        "Chaque version.",
    ),
    K.CHANGE_COORDINATOR: (
        1,
        True,
        "Keeps every change under control, emergencies too: assesses its effects, obtains the approvals, tells "
        "those concerned before the release and keeps the record.",
        "Garde la maîtrise de chaque changement, même urgent : en évalue les effets, obtient les approbations, "
        "avise les personnes concernées avant la mise en production et tient le dossier.",
        "Every change.",
        "Chaque changement.",
    ),
    K.SUPPORT_MANAGER: (
        1,
        True,
        "First contact when something does not work. Sets up how support runs inside and outside the department, "
        "weighs issues by severity, orders their resolution, and speaks with vendors of software that was bought.",
        "Premier contact lorsque quelque chose ne fonctionne pas. Établit le fonctionnement du soutien à "
        "l’intérieur et à l’extérieur du ministère, évalue la gravité des problèmes, ordonne leur résolution et "
        "traite avec les fournisseurs des logiciels achetés.",
        "Every day.",
        "Chaque jour.",
    ),
    K.IT_MANAGER: (
        None,
        False,
        "Leads the team’s IT staff. Says what is technically realistic in strategy, roadmap and release, and "
        "plans the people and platforms for it.",
        "Dirige le personnel de la TI de l’équipe. Dit ce qui est techniquement réaliste dans la stratégie, la "
        "feuille de route et la version, et planifie les personnes et les plateformes requises.",
        "The fiscal year.",
        "L’exercice.",
    ),
}


def load_defaults(**kwargs: Any) -> None:
    """Add the role definitions and the policy that are missing; change nothing that exists."""
    from products.models import BriefPolicy, RoleDefinition

    present = set(connection.introspection.table_names())
    if not {RoleDefinition._meta.db_table, BriefPolicy._meta.db_table} <= present:
        return
    kept = set(RoleDefinition.objects.values_list("kind", flat=True))
    for kind, (most, required, activities_en, activities_fr, horizon_en, horizon_fr) in ROLES.items():
        if kind not in kept:
            save(
                RoleDefinition(
                    kind=kind,
                    most_holders=most,
                    is_required=required,
                    activities_en=activities_en,
                    activities_fr=activities_fr,
                    horizon_en=horizon_en,
                    horizon_fr=horizon_fr,
                ),
                by=SYSTEM,
            )
    if not BriefPolicy.objects.exists():
        save(BriefPolicy(), by=SYSTEM)
