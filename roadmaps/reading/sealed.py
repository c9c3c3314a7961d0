"""Which approved years have a sealed document, and which still wait for theirs."""

from collections import defaultdict

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast

from people.bilingual import LANGUAGES
from products.fiscal import FIRST_YEAR
from records.models import Document, MandateKind
from roadmaps.models import Baseline, Roadmap, RoadmapYear

SEALED = "roadmap year"  # the kind of such a document; its subject is the baseline


def unsealed(since: int = FIRST_YEAR) -> QuerySet[Baseline]:
    """Approvals by a board, of fiscal year `since` and later, whose document is still to be made."""
    decided = Baseline.objects.filter(mandate__kind=MandateKind.DECISION, year__year__gte=since)
    made = Document.objects.filter(kind=SEALED, language=LANGUAGES[-1], subject_id=Cast(OuterRef("pk"), CharField()))
    return decided.filter(~Exists(made))


def documents_of(year: RoadmapYear) -> list[Document]:
    """The documents of the last sealed approval of `year`, one for each language, without their bytes."""
    found = _documents([str(key) for key in Baseline.objects.filter(year=year.pk).values_list("pk", flat=True)])
    newest = max((each.made_at, each.subject_id) for each in found)[1] if found else ""
    return [each for each in found if each.subject_id == newest]


def documents_of_earlier(baseline: Baseline) -> list[Document]:
    """The sealed documents of the approvals before this one."""
    before = Baseline.objects.filter(year=baseline.year_id, number__lt=baseline.number)
    return _documents([str(key) for key in before.values_list("pk", flat=True)])


def sealed_in(year: int) -> QuerySet[Document]:
    """The documents of fiscal year `year` of an outer roadmap row."""
    subjects = Baseline.objects.filter(roadmap=OuterRef(OuterRef("id")), year__year=year)
    keys = subjects.annotate(key=Cast("pk", CharField())).values("key")
    return Document.objects.filter(kind=SEALED, subject_id__in=keys).order_by("language")


def sealed_years(roadmap: Roadmap) -> dict[int, list[str]]:
    """Fiscal year → the languages its sealed document is there in."""
    subjects = Baseline.objects.filter(roadmap=roadmap).annotate(key=Cast("pk", CharField()))
    year = Subquery(subjects.filter(key=OuterRef("subject_id")).values("year__year")[:1])
    kept = Document.objects.filter(kind=SEALED, subject_id__in=subjects.values("key"))
    found: dict[int, list[str]] = defaultdict(list)
    for number, language in sorted(set(kept.annotate(of=year).values_list("of", "language"))):
        found[number].append(language)
    return dict(found)


def _documents(subjects: list[str]) -> list[Document]:
    kept = Document.objects.filter(kind=SEALED, subject_id__in=subjects, seal__isnull=False)
    return list(kept.defer("content").order_by("language"))
