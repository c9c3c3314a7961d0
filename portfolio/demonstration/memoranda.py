"""Memoranda of understanding in every state: written, judged, decided by the committee, signed, amended, ended, given up."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import translation

from governance.actions import mou_ending, mou_remarks, mou_review, mou_signing, mous
from governance.actions.mou_amendments import begin_amendment
from governance.actions.mou_transfers import book_transfer
from governance.actions.reviews import submit_review
from governance.models import Mou, MouComment, MouParty, Review
from governance.mou.frozen import the_text
from governance.mou_states import ClauseKind, MouMoney, MouSection, Opinion, OpinionKind, Side
from people.models import Appointment, Branch, Person
from people.states import CapacityKind
from portfolio.demonstration.committee import Committee
from portfolio.demonstration.reading import Row, day, read, rows
from portfolio.demonstration.timeline import Timeline
from portfolio.demonstration.world import World
from products.actions.budget import change_budget_line
from products.models import BudgetLine, FundingSource, Product
from products.states import BudgetKind
from records.actors import SYSTEM

MOU = ("key", "product", "first", "last", "commences", "ends", "order")
STEP = ("day", "key", "step", "en", "fr")
ASSURANCE = "password totp"
LATER = Decimal("0.9")  # what is agreed for a year whose budget is not entered yet, as a share of the last one that is
SUBMITTED = 7  # days before the committee sits


@dataclass
class MemorandaStory:
    """The memoranda of the products that exist; those of others are left out."""

    world: World
    timeline: Timeline
    only: Collection[str] | None = None
    made: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told = read("memoranda")
        self.terms = {row["key"]: row for row in rows(told["memoranda"], *MOU)}
        self.titles = {row["key"]: row for row in rows(told["titles"], "key", "en", "fr")}
        self.answers = {row["place"]: row for row in rows(told["answers"], "place", "en", "fr")}
        self.steps = list(rows(told["steps"], *STEP))
        self.products: dict[str, str] = {key: row["product"] for key, row in self.terms.items()}
        for row in self.steps:
            if row["step"].startswith("amend"):
                self.products[row["key"]] = self.products[row["step"].split()[1]]

    def tell(self) -> None:
        """Add every step to the timeline; what the committee decides on one day is one meeting."""
        sittings: dict[date, list[str]] = defaultdict(list)
        for row in self.steps:
            if self.only is not None and self.products[row["key"]] not in self.only:
                continue
            on, (step, *words) = date.fromisoformat(row["day"]), row["step"].split()
            if step == "committee":
                sittings[on].append(row["key"])
                continue
            by = self._who(row["key"], step, words)
            self.timeline.add(on, by, partial(getattr(self, f"_{step}"), row, by, *words))
        for on, keys in sittings.items():
            self._sit(on, keys)

    def _who(self, key: str, step: str, words: list[str]) -> Person:
        if step in ("signed", "consent", "ends", "expires") and words[:1] != ["sponsor"]:
            return self.world.people["cio"]
        if step in ("signed", "declined", "end", "asks"):
            return self._head(key)
        return self._author(key)

    def _author(self, key: str) -> Person:
        team = self.world.teams[self.products[key]]
        return self.world.people[team.get("pm", team["head"])]

    def _head(self, key: str, kind: str = CapacityKind.SPONSOR, branch: Branch | None = None) -> Person:
        found = Appointment.objects.filter(
            kind=kind, ends_on=None, branch=branch or self._product(key).sponsoring_branch
        )
        return found.select_related("person")[0].person

    def _product(self, key: str) -> Product:
        return self.world.products[self.products[key]]

    def mou(self, key: str) -> Mou:
        return Mou.objects.select_related("product__department").get(pk=self.made[key])

    def _party(self, key: str, side: Side) -> MouParty:
        return MouParty.objects.select_related("branch", "mou__product").get(mou=self.made[key], side=side)

    # Writing --------------------------------------------------------------------------------------------------------

    def _sketch(self, row: Row, by: Person) -> None:
        """Begun and left for the day: some placeholders are open."""
        terms = self.terms[row["key"]]
        mou = mous.begin_mou(product=self._product(row["key"]), by=by)
        self.made[row["key"]] = mou.pk
        mous.change_mou(mou=mou, by=by, first_year=int(terms["first"]), last_year=int(terms["last"]),
                        commences_on=day(terms["commences"]), program=self._program(row["key"]))  # fmt: skip

    def _write(self, row: Row, by: Person) -> None:
        key = row["key"]
        self._sketch(row, by)
        terms = self.terms[key]
        mous.change_mou(mou=self.mou(key), by=by, ends_on=day(terms["ends"]), signing_order=terms["order"])
        self._amounts(key, by)
        for side, kind in ((Side.IT, CapacityKind.CIO), (Side.SPONSOR, CapacityKind.SPONSOR)):
            self._officials(key, side, kind, by)
        mou = self.mou(key)
        for clause in mou.template.clauses.filter(kind=ClauseKind.PROMPT):
            answer = self.answers[f"{clause.section}.{clause.position}"]
            mous.answer_prompt(mou=mou, clause=clause, by=by, text_en=answer["en"], text_fr=answer["fr"])

    def _program(self, key: str) -> Any:
        link = self._product(key).serviceenableds.select_related("service__program").order_by("service__code").first()
        return link.service.program if link else None

    def _amounts(self, key: str, by: Person) -> None:
        """What the budget says, year by year; a little less for years whose budget is not entered yet."""
        party, terms = self._party(key, Side.SPONSOR), self.terms[key]
        lines = BudgetLine.objects.filter(product=self._product(key), fiscal_year=int(terms["first"]))
        sums: dict[tuple[Any, str], Decimal] = defaultdict(Decimal)
        for line in lines.exclude(secured=None):
            kind = (MouMoney.SALARY if line.kind == BudgetKind.SALARY else MouMoney.NON_SALARY).value
            sums[line.source_id, kind] += min(line.planned, line.secured or Decimal(0))
        sources = FundingSource.objects.in_bulk([source for source, _kind in sums])
        for year in range(int(terms["first"]), int(terms["last"]) + 1):
            share = Decimal(1) if year == int(terms["first"]) else LATER
            for (source, kind), amount in sums.items():
                mous.put_amount(mou=self.mou(key), party=party, fiscal_year=year, kind=kind, source=sources[source],
                                amount=round(amount * share, -4), by=by)  # fmt: skip

    def _officials(self, key: str, side: Side, kind: CapacityKind, by: Person) -> None:
        """The head of the branch signs; the director-general is the designated official."""
        party = self._party(key, side)
        head = self.world.people["cio"] if side == Side.IT else self._head(key, kind)
        director = self._head(key, CapacityKind.DIRECTOR_GENERAL, party.branch)
        for role, person in (("designated", director), ("signatory", head)):
            name = next(name for name, each in self.world.people.items() if each.pk == person.pk)
            title = self.titles[name]
            mous.name_official(mou=self.mou(key), party=party, role=role, person=person, title_en=title["en"],
                               title_fr=title["fr"], by=by)  # fmt: skip

    def _amend(self, row: Row, by: Person, base: str, *sections: str) -> None:
        mou = begin_amendment(
            mou=self.mou(base), opened_sections=[int(each) for each in sections], by=by, change_en=row["en"], change_fr=row["fr"]
        )  # fmt: skip
        self.made[row["key"]] = mou.pk
        if MouSection.FEES in mou.opened_sections:
            for line in mou.amounts.filter(kind=MouMoney.NON_SALARY, fiscal_year__gt=2026).select_related(
                "party", "source"
            ):
                mous.put_amount(mou=mou, party=line.party, fiscal_year=line.fiscal_year, kind=line.kind, source=line.source,
                                amount=line.amount + 40_000, by=by)  # fmt: skip

    # Judged, decided, signed ----------------------------------------------------------------------------------------

    def _review(self, row: Row, by: Person) -> None:
        mou_review.send_for_review(mou=self.mou(row["key"]), by=by)

    def _opinions(self, row: Row, by: Person) -> None:
        for party in MouParty.objects.filter(mou=self.made[row["key"]]).select_related("branch"):
            self._say(row["key"], OpinionKind.VALIDATION, party)
        self._say(row["key"], OpinionKind.CONCURRENCE, None)

    def _opinion(self, row: Row, by: Person, side: str) -> None:
        self._say(row["key"], OpinionKind.VALIDATION, self._party(row["key"], Side(side)))

    def _say(self, key: str, kind: str, party: MouParty | None) -> None:
        cfo = self.world.people["cfo"]
        by = self._head(key, CapacityKind.DIRECTOR_GENERAL, party.branch) if party else cfo
        mou = self.mou(key)
        mou_review.give_opinion(
            mou=mou, kind=kind, party=party, opinion=Opinion.AGREES, seen=the_text(mou).sha256, by=by
        )

    def _sit(self, on: date, keys: list[str]) -> None:
        """The review committee decides on the memoranda of one day and approves them all."""
        place = self.world.place_of(self._product(keys[0]))
        committee = Committee(place.boards["review"], self.timeline, on)
        for key in keys:
            self.timeline.add(on - timedelta(days=SUBMITTED), self._author(key), partial(self._submit, key))
        committee.decide([partial(self._review_of, key) for key in keys])

    def _submit(self, key: str) -> None:
        by = self._author(key)
        self.made[f"review of {key}"] = submit_review(
            review=mou_review.ask_committee(mou=self.mou(key), by=by), by=by
        ).pk

    def _review_of(self, key: str) -> Review:
        return Review.objects.select_related("product__department", "board", "mou").get(
            pk=self.made[f"review of {key}"]
        )

    def _out(self, row: Row, by: Person) -> None:
        mou_review.send_out(mou=self.mou(row["key"]), by=by)

    def _signatory(self, key: str, by: Person) -> dict[str, Any]:
        rows = self.mou(key).officials.select_related("mou", "person", "party__branch")
        return {"official": rows.get(role="signatory", person=by), "seen": the_text(self.mou(key)).sha256, "by": by}

    def _signed(self, row: Row, by: Person, who: str) -> None:
        signs = self._signatory(row["key"], by)
        mou_signing.sign_mou(language=by.language, accepted=True, assurance=ASSURANCE, **signs)

    def _asks(self, row: Row, by: Person, section: str) -> None:
        """The signatory of the sponsoring branch wants to know something first."""
        with translation.override(by.language):
            asked = mou_remarks.ask_before_signing(
                mou=self.mou(row["key"]), section=int(section), text=row[by.language], by=by
            )
        self.made[f"question about {row['key']}"] = asked.pk

    def _replies(self, row: Row, by: Person) -> None:
        question = MouComment.objects.select_related("mou__product").get(pk=self.made[f"question about {row['key']}"])
        with translation.override(by.language):
            mou_remarks.write_comment(
                mou=question.mou, section=question.section, answers=question, text=row[by.language], by=by
            )

    def _declined(self, row: Row, by: Person) -> None:
        mou_signing.decline_to_sign(reason=row[by.language], assurance=ASSURANCE, **self._signatory(row["key"], by))

    def _void(self, row: Row, by: Person) -> None:
        mou_signing.void_mou(mou=self.mou(row["key"]), reason=row[by.language], by=by)

    # In force -------------------------------------------------------------------------------------------------------

    def _transfer(self, row: Row, by: Person, kind: str, share: str) -> None:
        """That many hundredths of what is agreed for 2026–27."""
        mou = self.mou(row["key"])
        agreed = sum((line.amount for line in mou.amounts.filter(kind=kind, fiscal_year=2026)), Decimal(0))
        values = {"branch": self._party(row["key"], Side.SPONSOR).branch, "fiscal_year": 2026, "kind": kind}
        reference = f"JV-{row['day'][5:7]}{row['day'][8:]}-{mou.product.code}"
        book_transfer(mou=mou, by=by, amount=round(agreed * int(share) / 100, 2), reference=reference,
                      transferred_on=date.fromisoformat(row["day"]), note=row[by.language], **values)  # fmt: skip

    def _budget(self, row: Row, by: Person, change: str) -> None:
        """The plan for salaries moves by so many thousand dollars."""
        lines = BudgetLine.objects.filter(product=self._product(row["key"]), fiscal_year=2026, kind=BudgetKind.SALARY)
        line = lines.select_related("product")[0]
        planned = line.planned + Decimal(change) * 1000
        change_budget_line(line=line, planned=planned, reason=row[by.language], by=by)

    def _end(self, row: Row, by: Person, effective: str) -> None:
        party, texts = self._party(row["key"], Side.SPONSOR), read("memoranda")["ending"]
        mou_ending.propose_termination(mou=self.mou(row["key"]), party=party, effective_on=date.fromisoformat(effective),
                                       reason_en=row["en"], reason_fr=row["fr"], by=by, **texts)  # fmt: skip

    def _consent(self, row: Row, by: Person) -> None:
        proposal = self.mou(row["key"]).terminations.select_related("mou__product").get()
        mou_ending.consent_to_termination(termination=proposal, party=self._party(row["key"], Side.IT), by=by)

    def _ends(self, row: Row, by: Person) -> None:
        proposal = self.mou(row["key"]).terminations.select_related("mou__product").get()
        mou_ending.terminate_mou(termination=proposal, by=SYSTEM)

    def _expires(self, row: Row, by: Person) -> None:
        mou_ending.expire_mou(mou=self.mou(row["key"]), by=SYSTEM)
