"""The memorandum that ships, sections 7 to 14: money, performance, authority, officials, disputes, changes, signatures."""

from governance.default_mou import Clause, asks, room

WORKING: dict[int, tuple[Clause, ...]] = {
    7: (
        Clause(
            "The parties pool resources. Once a year they agree on the work ahead; the staff it takes and, "
            "where the public cloud is "
            "used, the hosting follow from it. Requests are not billed one by one.",
            "Les parties mettent leurs ressources en commun. Une fois l’an, elles s’entendent sur les travaux à "
            "venir, d’où "
            "découlent l’effectif nécessaire et, en cas de recours au nuage public, l’hébergement. Les demandes "
            "ne sont pas "
            "facturées une à une.",
        ),
        Clause(
            "The amounts agreed are the following.\n{amounts}", "Les montants convenus sont les suivants.\n{amounts}"
        ),
        Clause(
            "The IT branch estimates the amount of a year from the number of releases expected and from how the "
            "cost of releases has "
            "moved in the years before.",
            "La direction générale de la TI estime le montant annuel d’après le nombre de mises en production prévues et "
            "l’évolution de leur coût au cours des exercices précédents.",
        ),
        Clause(
            "What is spent of these amounts is charged to the program “{program}” (activity {program_code}).",
            "Les dépenses effectuées sur ces montants sont imputées au programme « {program} » (activité {program_code}).",
        ),
        Clause(
            "A change of a source of funds, of an amount or of an official binds the parties once this "
            "memorandum has been signed again.",
            "Tout changement de source de fonds, de montant ou de représentant ne lie les parties qu’une fois le présent "
            "protocole signé de nouveau.",
        ),
        room(
            "More about money",
            "Autres précisions financières",
            "For example what becomes of an amount that will not be spent by the end of the year.",
            "Par exemple, ce qu’il advient d’une somme qui ne sera pas dépensée avant la fin de l’exercice.",
        ),
    ),
    8: (
        Clause(
            "The parties measure the product by these targets.\n{targets}",
            "Les parties mesurent le produit au regard des cibles suivantes.\n{targets}",
        ),
        asks(
            "Why these measures, and who provides the figures?",
            "Pourquoi ces mesures, et qui fournit les données?",
            "Say what each shows about the service, and where its values come from. The targets themselves are "
            "those the team "
            "keeps with its indicators.",
            "Dites ce que chacune révèle du service et d’où viennent ses valeurs. Les cibles sont celles que "
            "l’équipe tient à "
            "jour avec ses indicateurs.",
        ),
        asks(
            "How often is performance reported, and in what form?",
            "À quelle fréquence et sous quelle forme le rendement fait-il l’objet d’un rapport?",
            "For example: each month the delivery measures, each quarter the indicators with what was spent.",
            "Par exemple : chaque mois les mesures de livraison, chaque trimestre les indicateurs et les dépenses.",
        ),
        asks(
            "Who receives the reports?",
            "Qui reçoit les rapports?",
            "Name offices rather than people: they change less often.",
            "Nommez des fonctions plutôt que des personnes : elles changent moins souvent.",
        ),
        asks(
            "What happens when a target is missed?",
            "Que se passe-t-il lorsqu’une cible n’est pas atteinte?",
            "The steps, who takes them, within how many days, and who is told.",
            "Les mesures à prendre, qui les prend, dans quel délai et qui en est informé.",
        ),
    ),
    9: (
        Clause(
            "The team works at the autonomy level “{autonomy_level}”. What that level leaves to the team the "
            "team decides; the rest goes "
            "to the bodies of section 10.",
            "L’équipe travaille au niveau d’autonomie « {autonomy_level} ». Elle décide de ce que ce niveau lui "
            "laisse; le reste "
            "est soumis aux instances de la section 10.",
        ),
        asks(
            "Who decides on priorities and scope?",
            "Qui décide des priorités et de la portée?",
            "Who has the last word, and whom that person hears first.",
            "Qui a le dernier mot, et qui cette personne consulte d’abord.",
        ),
        asks(
            "Who is accountable for the money, and what may the team commit alone?",
            "Qui répond des fonds, et que peut engager l’équipe seule?",
            "Offices and amounts on both sides; refer to the delegation of financial authorities.",
            "Les fonctions et les montants de part et d’autre; renvoyez à la délégation des pouvoirs financiers.",
        ),
        asks(
            "Who is accountable for technology, security, privacy and the running of the product?",
            "Qui répond de la technologie, de la sécurité, de la protection des renseignements personnels et de "
            "l’exploitation du produit?",
            "Name one office for each; say who acts when it fails at night.",
            "Nommez une fonction pour chacune; dites qui intervient en cas de panne la nuit.",
        ),
    ),
    10: (
        Clause(
            "Decisions about {product} are taken by the bodies of its governance structure, which is kept in the brief.\n"
            "{bodies}",
            "Les décisions touchant le produit « {product} » sont prises par les instances de sa structure de "
            "gouvernance, tenue à jour dans le dossier.\n{bodies}",
        ),
        Clause(
            "The Standard on Product Management says what each role of the team does; the brief says who holds it.",
            "La Norme sur la gestion de produits précise les fonctions de chaque rôle de l’équipe; le dossier "
            "indique qui les "
            "assume.",
        ),
        room(
            "More about governance",
            "Autres précisions sur la gouvernance",
            "What is particular to this agreement and stands in no terms of reference.",
            "Ce qui est propre à la présente entente et ne figure dans aucun mandat.",
        ),
    ),
    11: (
        Clause(
            "These officials answer for carrying out this memorandum and for its daily working.\n{designated}",
            "Les représentants suivants répondent de la mise en œuvre et de l’application courante du présent protocole.\n"
            "{designated}",
        ),
        Clause(
            "A party whose official leaves names the next one without delay; section 7 says when the change binds.",
            "La partie dont un représentant quitte ses fonctions en désigne un nouveau sans tarder; la section 7 précise à "
            "partir de quand le changement lie les parties.",
        ),
    ),
    12: (
        Clause(
            "Disagreements are settled where they arise: in the product team first, then in the bodies of section 10.",
            "Les différends se règlent là où ils surviennent : d’abord au sein de l’équipe de produit, puis dans les "
            "instances de la section 10.",
        ),
        Clause(
            "What remains is resolved between the Chief Information Officer and the assistant deputy minister "
            "of the sponsoring branch, as "
            "partners.",
            "Ce qui demeure en litige est réglé, dans un esprit de partenariat, entre la dirigeante principale ou le "
            "dirigeant principal de l’information et la sous-ministre adjointe ou le sous-ministre adjoint de la direction "
            "générale commanditaire.",
        ),
    ),
    13: (
        Clause(
            "This memorandum is amended or ended in writing, with the consent of every party: signed in the "
            "department’s system, by "
            "digitally signed e-mail, or on paper.",
            "Le présent protocole est modifié ou résilié par écrit, avec le consentement de chaque partie : par signature "
            "dans le système du ministère, par courriel signé numériquement ou sur papier.",
        ),
        Clause(
            "An amendment names the sections it opens. All others stay word for word as they were signed.",
            "Une modification nomme les sections qu’elle ouvre. Toutes les autres demeurent, mot pour mot, "
            "telles qu’elles ont "
            "été signées.",
        ),
        Clause(
            "The party that proposes to end it names the day and says what becomes of the money and of the staff.",
            "La partie qui en propose la résiliation fixe la date et précise ce qu’il advient des fonds et du personnel.",
        ),
    ),
    14: (
        Clause(
            "By signing, each signatory accepts every term of this memorandum, having read it in the official language of "
            "their choice. Both versions are equally authoritative.\n{signatories}",
            "En signant, chaque signataire accepte toutes les modalités du présent protocole, après l’avoir lu dans la "
            "langue officielle de son choix. Les deux versions font également foi.\n{signatories}",
        ),
    ),
}
