"""The pages on which a memorandum is written: read by a machine for access, at both widths and in both languages."""

import pytest

from governance.actions.mou_amendments import begin_amendment
from governance.actions.mou_remarks import write_comment
from governance.actions.mous import change_mou
from tests.governance.memoranda import TERMS, in_force, written_mou
from tests.walks.walk import ONCE, ONCE_NARROW, shown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), ONCE_NARROW)
def test_walk_through_a_draft(walk, cast, language, width):
    mou = written_mou(cast)
    write_comment(mou=mou, section=7, text="Too much?", suggested="Less.", by=cast.cfo)
    way, line = walk("product_manager", language, width), mou.amounts.first()
    prompt = mou.template.clauses.filter(section=8, kind="prompt").first()
    way.go("mou-home", "JSA")
    shown(way, "mou-writing")
    for page in ("mou-terms", "mou-parties", "mou-money", "mou-officials", "mou-official-add", "mou-read"):
        way.go(page, "JSA", mou.pk)
    way.go("mou-amounts", "JSA", mou.pk, line.party_id, line.source_id)
    way.go("mou-section", "JSA", mou.pk, 7)
    way.go("mou-answer", "JSA", mou.pk, prompt.pk)


@pytest.mark.parametrize(("language", "width"), ONCE)
def test_walk_through_an_amendment(walk, cast, language, width):
    mou = in_force(cast)
    way = walk("product_manager", language, width)
    way.go("mou-amend", "JSA", mou.pk)
    amendment = begin_amendment(
        mou=mou, opened_sections=[2], by=cast.product_manager, change_en="Longer", change_fr="Plus long"
    )
    change_mou(mou=amendment, by=cast.product_manager, ends_on=TERMS["ends_on"].replace(month=9, day=30))
    for page in ("mou-detail", "mou-opened", "mou-changes"):
        way.go(page, "JSA", amendment.pk)
