"""Acts of the inventory: each leaves its event, refuses who may not, and keeps families whole."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from products.actions.boundaries import plan_leaving, record_assessment, stop_using_standard, use_standard
from products.actions.budget import add_budget_line, change_budget_line, remove_budget_line
from products.actions.links import depend_on, enable_service, remove_link
from products.actions.products import change_product, register_product
from products.actions.stages import add_stage, remove_stage, use_in_stage
from products.actions.strategy import publish_strategy, save_strategy_draft
from products.models import BriefVersion, BudgetLine, Product, ServiceEnabled, StageUse
from records import clock
from records.models import AuditEvent
from records.refusals import Conflict, Refused, Stale
from tests.products.landscape import a_funding_source, a_service, a_standard

TEXTS = {
    f"{name}_{language}": f"{name} {language}"
    for name in ("why", "for_whom", "outcomes", "available")
    for language in ("en", "fr")
}


def another(cast, code="PAY", **values):
    values = {"level": "cio", "orientation": "internal", "sponsoring_branch": cast.branch} | values
    return register_product(
        department=cast.department, by=cast.portfolio_manager, code=code, name_en=code, name_fr=code, **values
    )


def events_of(product):
    return list(AuditEvent.objects.filter(chain=product.chain()).order_by("number").values_list("event", flat=True))


def test_service_link_is_added_and_removed_with_its_reason(cast):
    service = a_service(cast)
    link = enable_service(product=cast.product, service=service, by=cast.product_manager)
    remove_link(link=link, by=cast.product_manager, reason="Moved to the employer account")
    last = AuditEvent.objects.filter(chain=cast.product.chain()).order_by("-number").first()
    assert (last.event, last.reason) == ("link removed", "Moved to the employer account")
    assert not ServiceEnabled.objects.exists()
    assert ServiceEnabled.history.count() == 2


def test_link_is_not_removed_without_a_reason(cast):
    link = enable_service(product=cast.product, service=a_service(cast), by=cast.product_manager)
    with pytest.raises(ValidationError):
        remove_link(link=link, by=cast.product_manager, reason=" ")


def test_same_service_twice_is_named(cast):
    service = a_service(cast)
    enable_service(product=cast.product, service=service, by=cast.product_manager)
    with pytest.raises(ValidationError, match="listed already"):
        enable_service(product=cast.product, service=service, by=cast.product_manager)


def test_colleague_may_not_change_links(cast):
    with pytest.raises(Refused):
        enable_service(product=cast.product, service=a_service(cast), by=cast.colleague)


def test_product_cannot_depend_on_itself(cast):
    with pytest.raises(ValidationError, match="itself"):
        depend_on(product=cast.product, needs=cast.product, by=cast.product_manager)


def test_move_takes_the_whole_branch_of_the_family_along(cast):
    suite, member = another(cast, "SUITE"), another(cast, "PAY")
    below = another(cast, "PAY-API", parent=member)
    change_product(product=member, parent=suite, by=cast.portfolio_manager, reason="One family for payments")
    below.refresh_from_db()
    assert (member.head_id, below.head_id) == (suite.pk, suite.pk)
    assert events_of(below)[-1] == "product moved to another family"


def test_member_may_leave_and_head_its_own_family(cast):
    suite = another(cast, "SUITE")
    member = another(cast, "PAY", parent=suite)
    below = another(cast, "PAY-API", parent=member)
    change_product(product=member, parent=None, by=cast.portfolio_manager)
    below.refresh_from_db()
    assert (member.head_id, below.head_id) == (member.pk, member.pk)


def test_family_with_a_published_brief_stays_where_it_is(cast):
    BriefVersion.objects.create(
        product=cast.product,
        number=1,
        content={},
        sha256="0" * 64,
        published_at=clock.now(),
        published_by_id="x",
        published_by_name="X",
    )
    with pytest.raises(Conflict, match="published brief"):
        change_product(product=cast.product, parent=another(cast, "SUITE"), by=cast.portfolio_manager)
    assert Product.objects.get(pk=cast.product.pk).parent_id is None


def test_product_never_lies_under_itself(cast):
    suite = another(cast, "SUITE")
    member = another(cast, "PAY", parent=suite)
    below = another(cast, "PAY-API", parent=member)
    with pytest.raises(ValidationError):
        change_product(product=member, parent=below, by=cast.portfolio_manager)


def test_only_departmental_products_have_stages(cast):
    with pytest.raises(ValidationError, match="departmental"):
        add_stage(product=cast.product, name_en="Apply", name_fr="Demander", by=cast.product_manager)


def test_stage_uses_cio_products_and_goes_with_them(cast):
    offering = another(cast, "BENEFIT", level="departmental", orientation="")
    stage = add_stage(product=offering, name_en="Apply", name_fr="Demander", by=cast.portfolio_manager)
    use_in_stage(stage=stage, used=cast.product, by=cast.portfolio_manager)
    with pytest.raises(ValidationError, match="CIO products only"):
        use_in_stage(stage=stage, used=offering, by=cast.portfolio_manager)
    remove_stage(stage=stage, by=cast.portfolio_manager, reason="Merged with the next")
    assert not StageUse.objects.exists()


def test_strategy_grows_by_numbered_versions(cast):
    draft = save_strategy_draft(product=cast.product, by=cast.product_manager, expected=0, **TEXTS)
    publish_strategy(strategy=draft, by=cast.product_manager)
    second = save_strategy_draft(product=cast.product, by=cast.product_manager, expected=0, why_en="Another reason")
    assert (second.number, second.for_whom_fr, second.state) == (2, "for_whom fr", "draft")


def test_strategy_needs_both_languages_to_be_published(cast):
    draft = save_strategy_draft(product=cast.product, by=cast.product_manager, **TEXTS | {"why_fr": " "})
    with pytest.raises(ValidationError) as raised:
        publish_strategy(strategy=draft, by=cast.product_manager)
    assert list(raised.value.message_dict) == ["why_fr"]


def test_second_writer_of_the_strategy_is_stopped(cast):
    save_strategy_draft(product=cast.product, by=cast.product_manager, expected=0, why_en="First")
    with pytest.raises(Stale):
        save_strategy_draft(product=cast.product, by=cast.head_of_product, expected=0, why_en="Second")


def test_published_strategy_is_not_published_again(cast):
    draft = save_strategy_draft(product=cast.product, by=cast.product_manager, **TEXTS)
    publish_strategy(strategy=draft, by=cast.product_manager)
    with pytest.raises(Conflict):
        publish_strategy(strategy=draft, by=cast.product_manager)


def test_budget_line_keeps_unknown_apart_from_zero(cast):
    line = add_budget_line(
        product=cast.product,
        by=cast.cfo,
        fiscal_year=2026,
        source=a_funding_source(cast),
        kind="cloud",
        planned=Decimal("1250000.00"),
    )
    assert line.actual is None
    change_budget_line(line=line, by=cast.cfo, actual=Decimal(0), actual_to=date(2026, 6, 30))
    with pytest.raises(ValidationError, match="spent"):
        remove_budget_line(line=line, by=cast.cfo, reason="Typed twice")
    for day, words in [(clock.today() + timedelta(days=1), "still to come"), (date(2026, 3, 31), "before the fiscal")]:
        with pytest.raises(ValidationError, match=words):
            change_budget_line(line=line, by=cast.cfo, actual_to=day)
        line.refresh_from_db()
    assert BudgetLine.objects.get().actual == 0


def test_approved_assessment_wants_date_and_reference(cast):
    with pytest.raises(ValidationError, match="date and a reference"):
        record_assessment(product=cast.product, kind="pia", state="approved", by=cast.security_champion)


def test_standard_in_use_is_planned_and_left(cast):
    use = use_standard(product=cast.product, standard=a_standard(cast, state="containment"), by=cast.it_manager)
    plan_leaving(use=use, plan_en="Replace it", plan_fr="La remplacer", leave_by=date(2027, 3, 31), by=cast.it_manager)
    stop_using_standard(use=use, by=cast.it_manager, reason="Replaced")
    assert events_of(cast.product)[-3:] == [
        "standard in use added",
        "standard in use changed",
        "standard in use removed",
    ]
