"""Memoranda of the corpus: one in force for each family that has moved on, with parties, officials, money and transfers."""

from governance.models import Mou, MouAmount, MouOfficial, MouParty, MouTransfer
from portfolio.corpus.counts import Counts
from portfolio.corpus.products import PHASES, Numbers
from portfolio.corpus.rows import AT, fill, keep_history, key
from records.models import Mandate

SIDES = "(VALUES (1, 'it', 2), (2, 'sponsor', 1)) s(s, side, branch)"
YEARS = "generate_series(2026, 2028) y"
KINDS = "(VALUES ('salary', 400000), ('non_salary', 90000)) k(kind, amount)"
MOU = key("mou", "i")


def fill_memoranda(counts: Counts) -> None:
    """Rows of five tables; a transfer of each year that has begun."""
    numbers = Numbers(counts)
    agreed = f"(SELECT i FROM {numbers.heads} WHERE {PHASES} <> 'strategy') agreed"  # noqa: S608
    _approvals(agreed)
    _agreements(agreed)
    _sides(numbers, agreed)
    _money(numbers, agreed)
    for model in (Mou, MouParty, MouOfficial, MouAmount, MouTransfer):
        keep_history(model)


def _approvals(agreed: str) -> None:
    fill(
        Mandate,
        agreed,
        id=key("mou mandate", "i"),
        kind="'decision'",
        what="'memorandum of understanding'",
        subject_id=f"{MOU}::text",
        reference="'Corpus, memorandum ' || i",
        by_id="'corpus'",
        by_name="'Corpus'",
        at=AT,
    )


def _agreements(agreed: str) -> None:
    fill(
        Mou,
        agreed,
        id=MOU,
        product_id=key("product", "i"),
        number="'MOU-C-' || lpad(i::text, 6, '0')",
        edition="1",
        opened_sections="'{}'",
        state="'in_force'",
        template_id="(SELECT id FROM governance_moutemplate WHERE department_id IS NULL ORDER BY edition DESC LIMIT 1)",
        first_year="2026",
        last_year="2028",
        commences_on="date '2026-04-01'",
        ends_on="date '2029-03-31'",
        sent_at=AT,
        sent_by_id="'corpus'",
        mandate_id=key("mou mandate", "i"),
        signed_on="date '2026-03-20'",
        in_force_from="date '2026-04-01'",
    )


def _sides(numbers: Numbers, agreed: str) -> None:
    """The IT branch and the program branch; CIO and portfolio manager stand for them."""
    source = f"{agreed}, {SIDES}"
    fill(
        MouParty,
        source,
        id=key("mou party", "i", "s.s"),
        mou_id=MOU,
        side="s.side",
        branch_id=key("branch", numbers.department, "s.branch"),
        position="1",
    )
    person = key("person", f"{numbers.department} + (s.s - 1) * {numbers.counts.departments}")
    fill(
        MouOfficial,
        f"{source}, (VALUES ('designated'), ('signatory')) r(role)",
        id=key("mou official", "i", "s.s", "r.role"),
        mou_id=MOU,
        party_id=key("mou party", "i", "s.s"),
        role="r.role",
        person_id=person,
        title_en="'Head of branch ' || s.s",
        title_fr="'Chef de direction générale ' || s.s",
        position="s.s",
    )


def _money(numbers: Numbers, agreed: str) -> None:
    party = key("mou party", "i", "2")
    source = key("FundingSource", numbers.department, "1")
    fill(
        MouAmount,
        f"{agreed}, {YEARS}, {KINDS}",
        id=key("mou amount", "i", "y", "k.kind"),
        mou_id=MOU,
        party_id=party,
        fiscal_year="y",
        kind="k.kind",
        source_id=source,
        amount="k.amount",
    )
    fill(
        MouTransfer,
        f"{agreed}, {KINDS}",
        id=key("mou transfer", "i", "k.kind"),
        product_id=key("product", "i"),
        number="'MOU-C-' || lpad(i::text, 6, '0')",
        branch_id=key("branch", numbers.department, "1"),
        fiscal_year="2026",
        kind="k.kind",
        amount="k.amount / 2",
        transferred_on="date '2026-05-11'",
        reference="'JV-' || i",
    )
