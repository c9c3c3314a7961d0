"""Sample years for the picture: an invented service for people who look for work, in English and in French.

`sample_year("fr", 30)` is an ordinary year with so many milestones; the functions of `extreme_years` bend it to what
can go wrong: everything in one month, nothing scheduled, everything carried out, words nobody can break.
"""

# ruff: noqa: E501 - a table of words is read along its lines
from dataclasses import replace

from roadmaps.picture import HorizonYear, PictureLane, PictureMilestone, PictureProject, PictureYear

# lane, month, baseline, facts, English, French; a text is title|summary
MILESTONES = [
    (
        "A",
        0,
        0,
        {},
        "Résumé read by the service|Experience is filled in from a document",
        "Lecture du CV|L’expérience se remplit à partir d’un document",
    ),
    (
        "A",
        2,
        1,
        {"dependencies": 2},
        "Nearby openings first|Travel time ranks the list of openings",
        "Offres proches d’abord|La liste suit la durée du trajet",
    ),
    (
        "A",
        5,
        5,
        {},
        "Pay ranges on every opening|People compare wages before they apply",
        "Échelle salariale affichée|On compare les salaires avant de postuler",
    ),
    (
        "A",
        8,
        6,
        {"warning": ("employer consent late", "accord des employeurs tardif")},
        "Apply without leaving|One application reaches three employers",
        "Postuler sur place|Une demande atteint trois employeurs",
    ),
    (
        "A",
        10,
        10,
        {"gate": True},
        "Open to newcomers abroad?|Evidence of demand decides the opening",
        "Ouvrir aux candidats de l’étranger?|La demande constatée décide de l’ouverture",
    ),
    (
        "A",
        13,
        9,
        {},
        "Interview practice online|Candidates rehearse before the real thing",
        "Exercices d’entrevue en ligne|On se prépare avant la vraie rencontre",
    ),
    (
        "B",
        1,
        -2,
        {},
        "One address change|Told once, known to four programs",
        "Changement d’adresse unique|Dit une fois, connu de quatre programmes",
    ),
    (
        "B",
        3,
        3,
        {"non_discretionary": True},
        "Consent in plain language|People see who reads their file",
        "Consentement en langage clair|On sait qui consulte son dossier",
    ),
    (
        "B",
        4,
        5,
        {},
        "Call back at a chosen hour|Nobody waits on hold to reach a person",
        "Rappel à l’heure choisie|Personne n’attend au téléphone",
    ),
    (
        "B",
        7,
        7,
        {"project": "Digital Identity"},
        "Sign in with the provincial card|A known card opens the account",
        "Connexion par carte provinciale|Une carte connue ouvre le compte",
    ),
    (
        "B",
        9,
        7,
        {"warning": ("no privacy assessment yet", "vie privée non évaluée"), "dependencies": 3},
        "Shared notes for advisers|The next adviser knows the story",
        "Notes communes aux conseillers|Le conseiller suivant connaît le dossier",
    ),
    (
        "B",
        6,
        6,
        {"state": "cancelled", "note": ("Cancelled: too few users", "Annulé\u00a0: trop peu d’usagers")},
        "Video meetings|Advisers see people face to face",
        "Rencontres vidéo|Les conseillers voient les gens",
    ),
    (
        "C",
        0,
        0,
        {"non_discretionary": True},
        "Encryption keys renewed|Data stays closed to former suppliers",
        "Clés de chiffrement renouvelées|Les anciens fournisseurs perdent l’accès",
    ),
    (
        "C",
        3,
        3,
        {},
        "Payments leave the mainframe|Payments run on weekends too",
        "Paiements hors de l’ordinateur central|On paie aussi la fin de semaine",
    ),
    (
        "C",
        6,
        6,
        {},
        "Keyboard only, start to end|Every task works without a mouse",
        "Tout au clavier|Chaque tâche se fait sans souris",
    ),
    (
        "C",
        9,
        9,
        {"gate": True},
        "Close the paper channel?|Paper falls below two in a hundred",
        "Fermer la voie papier?|Le papier passe sous deux pour cent",
    ),
    (
        "C",
        11,
        11,
        {"dependencies": 1},
        "Second data centre live|An outage no longer stops the service",
        "Second centre de données|Une panne n’arrête plus le service",
    ),
    (
        "D",
        1,
        1,
        {},
        "Survey after each visit|Users say whether the task was done",
        "Sondage après la visite|L’usager dit si la tâche est faite",
    ),
    (
        "D",
        5,
        4,
        {},
        "Open measures page|The public sees waiting times",
        "Page publique des mesures|Le public voit les délais d’attente",
    ),
    (
        "D",
        10,
        10,
        {},
        "Employers rate the match|Poor matches teach the ranking",
        "Les employeurs notent le choix|Les mauvais choix corrigent le tri",
    ),
    (
        "A",
        None,
        None,
        {},
        "Seasonal work alerts|Fishers and pickers hear in time",
        "Avis de travail saisonnier|Pêcheurs et cueilleurs avertis à temps",
    ),
    (
        "B",
        None,
        None,
        {"dependencies": 1},
        "Letters in Braille|A letter everyone can read",
        "Lettres en braille|Une lettre que tous peuvent lire",
    ),
    (
        "C",
        None,
        None,
        {},
        "Test data without people|Tests hold no real person",
        "Essais sans données réelles|Aucune vraie personne dans les essais",
    ),
]
LANES = {
    "A": ("Work that fits, found sooner", "Un emploi qui convient, trouvé plus tôt"),
    "B": ("Say it once", "Le dire une seule fois"),
    "C": ("A service that holds", "Un service qui tient"),
    "D": ("Learn from use", "Apprendre de l’usage"),
}
REGIONS = [("Atlantic", "Atlantique"), ("Quebec", "Québec"), ("Ontario", "Ontario"), ("Prairies", "Prairies"), ("Pacific", "Pacifique")]  # fmt: skip
HORIZON = {
    "en": [("2025–26", "12 of 15 released"), ("2026–27", "8 of 20 released so far"), ("2027–28", "Open to employers abroad"), ("2028–29", "One account for all of it · status ends March 2029")],
    "fr": [("2025-2026", "12 livrés sur 15"), ("2026-2027", "8 livrés sur 20 à ce jour"), ("2027-2028", "Ouverture aux employeurs de l’étranger"), ("2028-2029", "Un seul compte pour tout · statut jusqu’en mars 2029")],
}  # fmt: skip
QUARTERS = {
    "en": ("4 of 5 released", "3 of 4 released", "1 of 4 released, 2 open", "5 planned, 1 carried out"),
    "fr": ("4 livrés sur 5", "3 livrés sur 4", "1 livré sur 4, 2 ouverts", "5 prévus, 1 reporté"),
}
LONGEST_WORD = "Anticonstitutionnellement-hypothéticodéductif/interministérielle"
TODAY = 7.57


def sample_year(language: str, count: int) -> PictureYear:
    """An ordinary year with `count` milestones, spread over its lanes."""
    french = language == "fr"
    horizon = tuple(
        HorizonYear(label, theme, position == 1) for position, (label, theme) in enumerate(HORIZON[language])
    )
    milestones = tuple(_milestone(french, position, count) for position in range(count))
    lanes = tuple(
        PictureLane(
            letter, names[french], letter, _released(french, [each for each in milestones if each.lane == letter])
        )
        for letter, names in LANES.items()
    )
    return PictureYear(
        label=horizon[1].label,
        start_year=2026,
        summary=f"{count} jalons" if french else f"{count} milestones",
        before=horizon[0].label,
        after=horizon[2].label,
        lanes=lanes,
        milestones=milestones,
        horizon=horizon,
        quarter_notes=QUARTERS[language],
        unscheduled_note="souhaités, sans mois" if french else "wanted, no month yet",
        today=TODAY,
        today_label="Aujourd’hui, 18 novembre" if french else "Today, 18 November",
    )


def _milestone(french: bool, position: int, count: int) -> PictureMilestone:
    rounds, nth = divmod(position, len(MILESTONES))
    if count <= len(MILESTONES):
        nth = position * len(MILESTONES) // count
    lane, month, baseline, facts, *texts = MILESTONES[nth]
    title, summary = texts[french].split("|")
    if rounds:
        title += f", {REGIONS[(rounds - 1) % len(REGIONS)][french]}"
        month = baseline = None if month is None else (position * 5 + rounds) % 12
        facts = {name: value for name, value in facts.items() if name in ("dependencies", "project")}
    facts = {"state": _state(month), **facts}
    facts |= {name: facts[name][french] for name in ("note", "warning") if name in facts}
    return PictureMilestone(position + 1, lane, month, title, summary, baseline=baseline, **facts)


def _state(month: int | None) -> str:
    if month is None or month > TODAY + 2:
        return "planned"
    return "released" if month < int(TODAY) else "in_progress"


def _released(french: bool, milestones: list[PictureMilestone]) -> str:
    done = sum(each.state == "released" for each in milestones)
    return f"{done} livrés sur {len(milestones)}" if french else f"{done} of {len(milestones)} released"


def projects(language: str) -> tuple[PictureProject, ...]:
    if language == "fr":
        return (
            PictureProject("Identité numérique", 5, 1, "Le projet attend 2026-09, la feuille de route dit 2026-11\u00a0: au projet de s’ajuster", "R. Okafor, confirmé 2026-10"),
            PictureProject("Modernisation des paiements", 9, 3, "", "L. Tremblay, confirmé 2026-11"),
        )  # fmt: skip
    return (
        PictureProject("Digital Identity", 5, 1, "Project Digital Identity expects 2026-09, roadmap says 2026-11: project to adjust", "R. Okafor, confirmed 2026-10"),
        PictureProject("Payments Modernisation", 9, 3, "", "L. Tremblay, confirmed 2026-11"),
    )  # fmt: skip


def extreme_years(language: str) -> dict[str, PictureYear]:
    """Years bent to what can go wrong, by name."""
    year = sample_year(language, 23)
    return {
        "projects": replace(year, projects=projects(language)),
        "no baseline": replace(year, show_baseline=False),
        "one month": bent(sample_year(language, 40), month=6, baseline=6),
        "one lane and month": bent(sample_year(language, 60), month=11, baseline=None, lane="A"),
        "unscheduled": bent(sample_year(language, 40), month=None, baseline=None),
        "carried out": bent(year, month=14, state="planned"),
        "carried out many": bent(sample_year(language, 60), month=13, baseline=8, state="planned"),
        "carried in": bent(year, baseline=-13),
        "came forward": bent(year, baseline=14),
        "left earlier": bent(year, month=-2, baseline=4),
        "long words": long_words(year),
        "nine goals": many_lanes(sample_year(language, 18), 9),
        "twelve goals": many_lanes(sample_year(language, 60), 12),
        "empty lanes": replace(sample_year(language, 6), lanes=many_lanes(year, 8).lanes),
        "no lanes": replace(year, lanes=()),
        "nothing": PictureYear(label="2026–27", start_year=2026, summary="0"),
        "one horizon": replace(year, horizon=year.horizon[1:2], today=0.02),
        "six horizons": replace(year, horizon=year.horizon[:2] + year.horizon * 1, today=11.98),
        "january": replace(year, first_month=1, today=None),
    }


def bent(year: PictureYear, **facts: object) -> PictureYear:
    return replace(year, milestones=tuple(replace(each, **facts) for each in year.milestones))


def long_words(year: PictureYear) -> PictureYear:
    """Titles, lane names and notes made of words nobody can break well."""
    lanes = tuple(replace(lane, name=LONGEST_WORD, note=LONGEST_WORD) for lane in year.lanes)
    bad = bent(year, title=LONGEST_WORD + "WWWWWWWWWWWWWWWWWWWWWWWWWWWW", warning="X" * 60, project=LONGEST_WORD)
    horizon = tuple(replace(each, theme=LONGEST_WORD * 2) for each in year.horizon)
    return replace(bad, lanes=lanes, horizon=horizon, quarter_notes=(LONGEST_WORD,) * 4)


def many_lanes(year: PictureYear, count: int) -> PictureYear:
    names = [lane.name for lane in year.lanes]
    letters = "ABCDEFGHIJKL"[:count]
    lanes = tuple(
        PictureLane(letter, names[position % len(names)], letter, year.lanes[position % len(names)].note)
        for position, letter in enumerate(letters)
    )
    spread = tuple(replace(each, lane=letters[position % count]) for position, each in enumerate(year.milestones))
    return replace(year, lanes=lanes, milestones=spread)
