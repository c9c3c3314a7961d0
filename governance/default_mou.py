"""The memorandum that ships, sections 1 to 6: who agrees on what, in both languages and in our words (domain.md §6).

With governance.default_mou_working it is loaded once as the first edition of a template; administrators write later ones.
Words in braces are those of governance.mou.placeholders; one that stands for a table is the last word of its clause. Lines that
begin with "- " are a list.
"""

from typing import NamedTuple

from governance.mou_states import ClauseKind

NAME = ("Memorandum for a product team", "Protocole pour une équipe de produit")
EDITION = 1


class Clause(NamedTuple):
    en: str
    fr: str
    kind: str = ClauseKind.FIXED
    guidance_en: str = ""
    guidance_fr: str = ""


def asks(en: str, fr: str, guidance_en: str, guidance_fr: str) -> Clause:
    return Clause(en, fr, ClauseKind.PROMPT, guidance_en, guidance_fr)


def room(en: str, fr: str, guidance_en: str, guidance_fr: str) -> Clause:
    return Clause(en, fr, ClauseKind.SUPPLEMENT, guidance_en, guidance_fr)


AGREED: dict[int, tuple[Clause, ...]] = {
    1: (
        Clause(
            "This memorandum concerns {product}. The parties are the following: “the IT branch” is the one that provides "
            "information technology, and “the sponsoring branch” means each of the others.\n{parties}",
            "Le présent protocole porte sur le produit « {product} ». Les parties sont les suivantes : « la direction "
            "générale de la TI » est celle qui fournit la technologie de l’information, et « la direction générale "
            "commanditaire » désigne chacune des autres.\n{parties}",
        ),
        Clause(
            "Under the program “{program}” the sponsoring branch delivers: {services}. It holds the mandate for this, "
            "employs the people who do it and knows those it is done for.",
            "Dans le cadre du programme « {program} », la direction générale commanditaire offre : {services}. Elle en a "
            "le mandat, elle emploie le personnel qui s’en charge et elle connaît la clientèle à qui s’adresse "
            "cette offre.",
        ),
        Clause(
            "The IT branch holds the mandate, the people and the skills to build software, to run and host it, "
            "and to examine it "
            "against the Treasury Board’s rules on service and digital and on security management.",
            "La direction générale de la TI a le mandat, le personnel et les compétences pour concevoir des logiciels, les "
            "exploiter, les héberger et en vérifier la conformité aux règles du Conseil du Trésor sur les services et le "
            "numérique et sur la gestion de la sécurité.",
        ),
        Clause(
            "No party can do this alone. They form one product team, to which the IT branch dedicates information "
            "technology staff (“the dedicated staff”) for as long as this memorandum lasts.",
            "Aucune des parties ne peut y arriver seule. Elles forment donc une même équipe de produit, à laquelle la "
            "direction générale de la TI affecte du personnel de la technologie de l’information (« le personnel affecté ») "
            "pour toute la durée du présent protocole.",
        ),
        Clause(
            "In each fiscal year the sponsoring branch transfers to the IT branch the amounts of section 7, "
            "{total_amount} over "
            "the whole period. These amounts pay for information technology personnel and, where it is used, for hosting in "
            "the public cloud.",
            "À chaque exercice, la direction générale commanditaire transfère à la direction générale de la TI "
            "les montants "
            "prévus à la section 7, soit {total_amount} pour l’ensemble de la période. Ces montants servent à rémunérer le "
            "personnel de la technologie de l’information et, s’il y a lieu, à payer l’hébergement en nuage public.",
        ),
        Clause(
            "The information technology budget of a year is not settled before the IT branch has been heard and "
            "has given its "
            "estimate.",
            "Le budget annuel de la technologie de l’information n’est arrêté qu’après consultation de la "
            "direction générale "
            "de la TI, qui en fournit l’estimation.",
        ),
        Clause(
            "The dedicated staff stay in the IT branch. Their performance is assessed on two counts: what the "
            "services above "
            "gained from their work, and what the IT branch expects of its employees.",
            "Le personnel affecté continue de relever de la direction générale de la TI. L’évaluation de son "
            "rendement porte sur deux points : l’apport de son travail aux services susmentionnés et les attentes de la "
            "direction générale de la TI envers son personnel.",
        ),
        Clause(
            "“Product team”, or “team”, means the people named in the Product Team Brief (“the brief”) of {product} in "
            "force, whichever branch they come from.",
            "« Équipe de produit » ou « équipe » désigne les personnes nommées dans le dossier d’équipe de produit "
            "(« le dossier ») en vigueur du produit « {product} », quelle que soit leur direction générale d’attache.",
        ),
    ),
    2: (
        Clause(
            "This memorandum takes effect on {commences_on}, or on the day of the last signature if that is later. Its last "
            "day is {ends_on}, unless the parties end it before then under section 13.",
            "Le présent protocole prend effet le {commences_on} ou, si elle est postérieure, à la date de la dernière "
            "signature. Son dernier jour est le {ends_on}, à moins que les parties n’y mettent fin plus tôt conformément à "
            "la section 13.",
        ),
        Clause("It covers {fiscal_years}.", "Il vise {fiscal_years}."),
        Clause(
            "The parties review it {review_cycle}. Each review ends with a written note that they keep it, "
            "amend it or end it.",
            "Les parties le réexaminent {review_cycle}. Chaque réexamen se conclut par une note écrite "
            "indiquant si elles le "
            "maintiennent, le modifient ou y mettent fin.",
        ),
    ),
    3: (
        Clause(
            "Services reach people more and more through software. Each use of it leaves evidence of what helps, what "
            "hinders and where security is at risk. The parties want to read that evidence and act on it: in the way they "
            "work, in what users meet, and in how the product is protected.",
            "Les services passent de plus en plus par des logiciels. Chaque utilisation laisse des traces de ce "
            "qui aide, de "
            "ce qui nuit et de ce qui menace la sécurité. Les parties veulent lire ces données et en tenir compte dans "
            "leurs façons de faire, dans l’expérience offerte aux utilisateurs et dans la protection du produit.",
        ),
        Clause(
            "They mean to do so in small and frequent steps. A lasting team, funded across branches and holding "
            "all the skills "
            "the product needs, takes such steps sooner than units that hand work to one another.",
            "Elles entendent procéder par étapes courtes et fréquentes. Une équipe durable, financée par plus "
            "d’une direction "
            "générale et réunissant toutes les compétences nécessaires au produit, y parvient plus vite que des unités qui "
            "se transmettent le travail.",
        ),
        asks(
            "How will this serve the program and the people it is for?",
            "En quoi cela servira-t-il le programme et les personnes à qui il s’adresse?",
            "Say what becomes better for whom. Lean on the target outcomes of the program and on the service "
            "strategy, and say "
            "how you will try, judge and change course where nobody knows yet.",
            "Dites ce qui s’améliorera et pour qui. Appuyez-vous sur les résultats visés du programme et sur la "
            "stratégie de "
            "service, et dites comment vous allez essayer, évaluer et corriger le tir là où personne ne sait encore.",
        ),
        Clause(
            "The published strategy of {product} and its approved roadmap say how the parties expect to get there.",
            "La stratégie publiée et la feuille de route approuvée du produit « {product} » indiquent comment "
            "les parties comptent y "
            "parvenir.",
        ),
    ),
    4: (
        Clause(
            "This memorandum gives {product} a steady team and steady funds, and says what each party brings.",
            "Le présent protocole assure au produit « {product} » une équipe et des fonds stables, et précise "
            "l’apport de chaque partie.",
        ),
        asks(
            "What do the parties want to have achieved when this memorandum ends?",
            "Que veulent avoir accompli les parties à la fin du présent protocole?",
            "Objectives of each party, tied to the outcomes of the program. Work on security and on technical "
            "debt may be among "
            "them.",
            "Les objectifs de chaque partie, liés aux résultats du programme. La sécurité et la réduction de la dette "
            "technique peuvent en faire partie.",
        ),
        Clause(
            "Projects that start elsewhere, for example after a change of law or as part of a transformation, go on. Those "
            "who lead them agree with the Head of Product on what the team takes on, and on what then has to wait.",
            "Les projets lancés ailleurs, par exemple à la suite d’une modification législative ou dans le cadre d’une "
            "transformation, se poursuivent. Leurs responsables conviennent avec la ou le responsable de produit de ce que "
            "l’équipe prend en charge et de ce qui devra alors attendre.",
        ),
        Clause(
            "Nothing here loosens the rules on public money, on releases or on security assessment. The team "
            "itself holds the "
            "skills in managing projects and information and in modelling threats, and proves it by keeping to "
            "the Directive "
            "on Product Management.",
            "Rien dans le présent protocole n’assouplit les règles sur l’utilisation des fonds publics, sur les mises en "
            "production ou sur l’évaluation de la sécurité. L’équipe possède elle-même les compétences en gestion de "
            "projet, en gestion de l’information et en modélisation des menaces, et le démontre en se conformant à la "
            "Directive sur la gestion de produits.",
        ),
    ),
    5: (
        Clause(
            "These documents are read with this memorandum:\n"
            "- the Directive and the Standard on Product Management;\n"
            "- the performance information profile of the program “{program}”;\n"
            "- the descriptions of the services delivered: {services};\n"
            "- the strategy, the brief and the roadmap of {product}.",
            "Le présent protocole se lit avec les documents suivants :\n"
            "- la Directive et la Norme sur la gestion de produits;\n"
            "- le profil de l’information sur le rendement du programme « {program} »;\n"
            "- les descriptions des services offerts : {services};\n"
            "- la stratégie, le dossier et la feuille de route du produit « {product} ».",
        ),
        room(
            "Other documents",
            "Autres documents",
            "Related agreements or studies, each with its number or address.",
            "Ententes connexes ou études, chacune avec son numéro ou son adresse.",
        ),
    ),
    6: (
        Clause(
            "The dedicated staff do seven things for the sponsoring branch:\n"
            "- build software;\n"
            "- run and look after it, which includes corrections and security updates;\n"
            "- host it;\n"
            "- advise on risk and on the fit with the architecture the department aims at;\n"
            "- estimate information technology budgets from what is asked for;\n"
            "- work as full members of the product team;\n"
            "- bring in other services of the IT branch where advice or approval is needed, such as architecture, release "
            "management and security assessment.",
            "Le personnel affecté rend sept services à la direction générale commanditaire :\n"
            "- concevoir des logiciels;\n"
            "- les exploiter et les entretenir, y compris les correctifs et les mises à jour de sécurité;\n"
            "- les héberger;\n"
            "- donner des conseils sur les risques et sur la concordance avec l’architecture cible du ministère;\n"
            "- estimer les budgets de technologie de l’information d’après les besoins exprimés;\n"
            "- prendre part pleinement aux travaux de l’équipe de produit;\n"
            "- faire appel aux autres services de la direction générale de la TI lorsqu’un avis ou une approbation est "
            "nécessaire, par exemple en architecture, en gestion des mises en production ou en évaluation de la sécurité.",
        ),
        Clause(
            "All members of the product team, from whichever branch, keep to the Directive on Product Management.",
            "Tous les membres de l’équipe de produit, quelle que soit leur direction générale, se conforment à "
            "la Directive "
            "sur la gestion de produits.",
        ),
        room(
            "Limits of the scope",
            "Limites de la portée",
            "What somebody could expect and will not be done under this memorandum.",
            "Ce à quoi l’on pourrait s’attendre et qui ne sera pas fait en vertu du présent protocole.",
        ),
    ),
}
