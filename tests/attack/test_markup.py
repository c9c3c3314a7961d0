"""Markup, template and format marks in every text, in both languages: every page shows them as the text they are (S-07, S-10)."""

import csv
import io

import pikepdf
import pytest
from django.urls import reverse
from django.utils import translation
from weasyprint import HTML

from portfolio.actions.imports import check_inventory, upload_inventory
from products.actions.brief_buffers import keep_buffer
from products.actions.briefs import publish_brief
from products.brief.paper import brief_pdf
from products.models import BriefSection, BriefVersion
from records.typesetter import OwnFilesOnly
from records.writing import save
from roadmaps.actions.change_sets import drop_draft, reprioritise
from roadmaps.models import ChangeSet, Milestone
from roadmaps.placing import Move
from tests.attack.everything import MODELS
from tests.attack.markup import TAG, TEXTS, found_alive, in_json, texts_of, write_everywhere
from tests.attack.test_forms import who_may
from tests.attack.town import ADDRESSES, OURS
from tests.portfolio.test_executive_pdf import words

pytestmark = pytest.mark.django_db
PAGES = sorted(set(OURS) - {"account_logout"})
HOSTILE = [
    "file:///etc/passwd",
    "http://127.0.0.1:9/",
    "//zq.example/",
    "data:image/svg+xml,<svg/>",
    "paper:../x",
    "/x",
]
# One of a few words, the name of a zone, an address, or a text that stands only beside another choice.
MAY_REFUSE = {
    "Artefact.link",
    "Condition.proof_link",
    "ImpactFinding.link",
    "RiskScore.note",  # stands as it was given: a score is ended, never changed
    "LevelSet.name",
    "LevelSet.source_url",
    "MetricsPolicy.level_set",
    "DeliverySettings.timezone",
    "MetricsPolicy.timezone",
    "MouAnswer.waived_en",
    "MouAnswer.waived_fr",
    "Milestone.risk_reason_en",
    "Milestone.risk_reason_fr",
    "MilestoneDependency.outside_en",
    "MilestoneDependency.outside_fr",
}
PAPERS = ["roadmap-executive-pdf", "outcome-pdf"]


@pytest.fixture(scope="module")
def taken(town, django_db_blocker):
    """The town with a text of ours in everything, drafted, published, buffered and moved."""
    write = write_everywhere()
    by, product = town.cast.product_manager, town.cast.product
    product.refresh_from_db()
    for section in BriefSection.objects.filter(product=product):
        section.content = in_json(section.content)
        save(section, by=by)
    publish_brief(product=product, by=town.cast.head_of_product, seen=1, note=TEXTS[0])
    keep_buffer(
        product=product, code="product", content={"summary_en": TEXTS[0], "name_fr": TEXTS[1]}, based_on=0, by=by
    )
    milestone = Milestone.objects.select_related("roadmap").get(pk=town.world.milestone.pk)
    drop_draft(change_set=ChangeSet.objects.select_related("roadmap").get(author=by, state="draft"), by=by)
    reprioritise(
        roadmap=milestone.roadmap, moves=[Move(milestone, months=-1)], by=by, reason_kind="learned", reason=TEXTS[1]
    )
    return write


def test_nearly_every_text_there_is_took_one(taken):
    rows = {model.__name__ for model in MODELS if model._base_manager.exists()}
    there = {
        f"{model.__name__}.{field.name}" for model in MODELS if model.__name__ in rows for field in texts_of(model)
    }
    assert len(taken) > 100
    refused = sorted(there - taken - MAY_REFUSE)
    assert refused == [], "\n".join(refused)


WHOLE = [pytest.param(language, 1, marks=pytest.mark.cross) for language in ("en", "fr")]


@pytest.mark.parametrize(("language", "step"), [("en", 2), ("fr", 5), *WHOLE])
def test_every_page_shows_text_as_text(town, taken, as_, language, step):
    """The templates are the same in both languages: every other page, of the French every fifth; `make security`: all."""
    shown, alive = {}, {}
    with translation.override(language):
        for name in PAGES[::step]:
            answer = as_(who_may(name)).get(town.address(name))
            assert answer.status_code < 500, name
            if answer.get("Content-Type", "").startswith("text/html") and answer.content:
                html = answer.content.decode()
                shown[name], found = html, found_alive(html)
                alive |= {name: found} if found else {}
    assert alive == {}
    assert sum(TAG in html for html in shown.values()) > 60 / step
    whole = "".join(shown.values())
    for kept in (f"{{{{{TAG}}}}}", f"{{% {TAG} %}}", f"%({TAG})s", "\u202e", "{0}"):
        assert step > 1 or kept in whole, kept


def test_the_administration_shows_text_as_text(town, taken, as_):
    alive, shown = {}, 0
    for name in sorted(each for each in ADDRESSES if each.startswith("admin:") and not each.endswith("_act")):
        html = as_("admin").get(town.address(name)).content.decode(errors="replace")
        shown += TAG in html
        if html.startswith("<!") and (found := found_alive(html)):
            alive[name] = found
    assert alive == {}
    assert shown > 15


@pytest.mark.parametrize("text", TEXTS)
def test_file_names_and_cells_of_an_import_are_text(town, as_, text):
    by, written = town.cast.portfolio_manager, io.StringIO()
    csv.writer(written).writerows(
        [["code", "name_en", "name_fr", "level", "orientation"], ["NEW", text, text, text, text]]
    )
    upload = {"department": town.cast.department, "content": written.getvalue().encode(), "by": by}
    made = check_inventory(inventory=upload_inventory(file_name=f"{text}.csv", **upload), by=by)
    html = as_("portfolio_manager").get(reverse("import-detail", args=[made.pk])).content.decode()
    assert found_alive(html) == []
    assert TAG in html


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_paper_shows_text_as_text_and_fetches_nothing(town, taken, as_, caplog, name, language):
    with translation.override(language):
        answer = as_("product_manager").get(town.address(name))
    inert(answer.content, caplog)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_brief_on_paper_shows_text_as_text(town, taken, caplog, language):
    inert(brief_pdf(BriefVersion.objects.get(product=town.cast.product, number=2), language=language), caplog)


def inert(pdf, caplog):
    """The text is there, nothing asked for a file or an address, nothing is attached and nothing runs."""
    assert f"<svg {TAG}" in words(pdf) or f"<script {TAG}" in words(pdf) or f"<b {TAG}" in words(pdf)
    assert [each.message for each in caplog.records if each.name.startswith("weasyprint")] == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert not document.attachments
        assert "/AF" not in document.Root
        assert "/OpenAction" not in document.Root
        links = [
            str(note.A.URI)
            for page in document.pages
            for note in page.get("/Annots", [])
            if "/URI" in note.get("/A", {})
        ]
        assert [link for link in links if TAG in link or not link.startswith("http")] == []


@pytest.mark.parametrize("address", HOSTILE)
def test_a_document_fetches_nothing_but_its_typeface(address):
    with pytest.raises(ValueError, match="may not fetch"):
        OwnFilesOnly().fetch(address)


def test_even_live_markup_attaches_nothing():
    html = "".join(f"<img src='{each}'><link rel=attachment href='{each}'><object data='{each}'>" for each in HOSTILE)
    html += "<a rel=attachment href='file:///etc/passwd'>x</a><style>@import 'file:///etc/passwd'</style>"
    pdf = HTML(string=html, url_fetcher=OwnFilesOnly(), base_url="file:///etc/").write_pdf(pdf_variant="pdf/ua-1")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert not document.attachments
    assert b"root:x" not in pdf
