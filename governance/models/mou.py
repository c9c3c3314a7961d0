"""A memorandum of understanding as it is written: parties, money, officials, answers (domain.md §6).

Everything is entered once, as a row, and merged into fourteen sections. One row of `Mou` is one version of an agreement:
an amendment is a new row that names the version it amends, and only its `opened_sections` differ from that one.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from governance.models.mou_template import MouClause, MouTemplate
from governance.mou_states import (
    MouMoney,
    MouSection,
    MouState,
    OfficialRole,
    ReviewCycle,
    Side,
    SigningOrder,
)
from people.bilingual import Bilingual, pair
from people.models import Branch, Person
from people.permissions import TABLE, WATCHERS, standing
from people.states import CapacityKind as K
from people.states import ScopeKind
from products.models import AutonomyLevel, FundingSource, Program
from products.models.plans import fiscal_year_field, money_field
from products.models.product import ProductLink
from records.models import Document, Governed, GovernedQuerySet, Mandate

READERS = TABLE["see_drafts"] | {K.SPONSOR, K.CIO, K.CFO, K.DIRECTOR_GENERAL, K.PORTFOLIO_MANAGER}


class MouQuerySet(GovernedQuerySet):
    def visible_to(self, person: Person) -> "MouQuerySet":
        """Those that were in force for staff of the department; unfinished ones for the team, the parties and watchers."""
        mine = standing(person)
        if mine.has(WATCHERS):
            return self
        close = (
            Q(product__head_id__in=mine.keys(ScopeKind.PRODUCT, READERS))
            | Q(product__portfolio_id__in=mine.keys(ScopeKind.PORTFOLIO, READERS))
            | Q(product__department_id__in=mine.keys(ScopeKind.DEPARTMENT, READERS))
            | Q(parties__branch_id__in=mine.keys(ScopeKind.BRANCH, READERS))
            | Q(officials__person=person)
            | Q(officials__person_id__in=mine.keys(ScopeKind.PERSON, {K.DELEGATE_SIGNING}))
            | Q(reviews__board_id__in=mine.keys(ScopeKind.BOARD))
        )
        public = Q(state__in=MouState.was_in_force(), product__department_id__in=mine.departments)
        return self.filter(pk__in=Mou.objects.filter(close | public).values("pk"))

    def in_force(self) -> "MouQuerySet":
        return self.filter(state=MouState.IN_FORCE)

    def under_way(self) -> "MouQuerySet":
        return self.filter(state__in=MouState.under_way())


class Mou(Bilingual, ProductLink):
    """One version of the agreement for a product, the head of its family."""

    number = models.CharField(_("number"), max_length=40, editable=False)
    edition = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    amends = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="amendments", verbose_name=_("amends")
    )
    opened_sections = ArrayField(
        models.PositiveSmallIntegerField(choices=MouSection),
        default=list,
        blank=True,
        verbose_name=_("sections opened"),
    )
    state = models.CharField(_("state"), max_length=10, choices=MouState, default=MouState.DRAFT, editable=False)
    template = models.ForeignKey(
        MouTemplate, on_delete=models.PROTECT, related_name="mous", verbose_name=_("template"), editable=False
    )
    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("program")
    )
    autonomy_level = models.ForeignKey(
        AutonomyLevel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("autonomy level"),
    )
    first_year = fiscal_year_field(_("first fiscal year"), null=True, blank=True)
    last_year = fiscal_year_field(_("last fiscal year"), null=True, blank=True)
    commences_on = models.DateField(_("commences on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    review_cycle = models.CharField(_("reviewed"), max_length=12, choices=ReviewCycle, default=ReviewCycle.YEARLY)
    review_on = models.DateField(_("date of the review"), null=True, blank=True)
    signing_order = models.CharField(
        _("order of signing"), max_length=10, choices=SigningOrder, default=SigningOrder.PARALLEL
    )
    change_en, change_fr = pair(_("what changed, for the version log"), 300, blank=True)
    sent_at = models.DateTimeField(_("sent out for signature at"), null=True, editable=False)
    sent_by_id = models.CharField(max_length=64, blank=True, editable=False)
    mandate = models.OneToOneField(
        Mandate, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("approval")
    )
    signed_on = models.DateField(_("last signature on"), null=True, editable=False)
    in_force_from = models.DateField(_("in force from"), null=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, editable=False)
    ending_reason = models.TextField(_("why it ended"), blank=True, editable=False)
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, editable=False, related_name="mou", verbose_name=_("sealed document")
    )  # fmt: skip

    objects = MouQuerySet.as_manager()

    class Meta:
        verbose_name = _("memorandum of understanding")
        verbose_name_plural = _("memoranda of understanding")
        ordering = ["product", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(state__in=MouState.under_way()),
                name="mou_one_under_way",
                violation_error_message=_("A memorandum for this product is under way already."),
            ),
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(state=MouState.IN_FORCE),
                name="mou_one_in_force",
                violation_error_message=_("A memorandum for this product is in force already."),
            ),
            models.UniqueConstraint(fields=["number", "edition"], name="mou_edition_once"),
            models.UniqueConstraint(
                fields=["amends"],
                condition=~Q(state=MouState.VOIDED),
                name="mou_amended_once",
                violation_error_message=_("This version is amended already."),
            ),
            models.CheckConstraint(
                condition=Q(edition=1, amends__isnull=True) | Q(edition__gt=1, amends__isnull=False),
                name="mou_amends_one",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(commences_on__isnull=True) | Q(ends_on__gt=F("commences_on")),
                name="mou_dates_in_order",
                violation_error_message=_("It cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True) | Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="mou_years_in_order",
                violation_error_message=_("The last fiscal year cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=(Q(review_cycle=ReviewCycle.ON_DATE)) | Q(review_on__isnull=True),
                name="mou_review_date_when_on_date",
                violation_error_message=_("A date of review is given only where it is reviewed on a date."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MouState.APPROVED, MouState.OUT_FOR_SIGNATURE, *MouState.was_in_force()])
                | Q(mandate__isnull=False),
                name="mou_approved_by_mandate",
                violation_error_message=_("A memorandum is approved only by a board's decision."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MouState.OUT_FOR_SIGNATURE, *MouState.was_in_force()])
                | (Q(sent_at__isnull=False) & ~Q(sent_by_id="")),
                name="mou_sent_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=MouState.was_in_force())
                | Q(signed_on__isnull=False, in_force_from__isnull=False),
                name="mou_in_force_signed",
                violation_error_message=_("Only what everybody signed is in force."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MouState.TERMINATED, MouState.EXPIRED, MouState.SUPERSEDED])
                | Q(ended_on__isnull=False),
                name="mou_ended_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} v{self.edition}"

    @property
    def is_amendment(self) -> bool:
        return self.amends_id is not None

    @property
    def amended_by(self) -> "Mou | None":
        """The version that amends this one; an amendment that was given up counts for none."""
        return self.amendments.exclude(state=MouState.VOIDED).first()

    def opens(self, section: int) -> bool:
        """Whether this section may be written: all of a first version, the named ones of an amendment."""
        return not self.is_amendment or section in self.opened_sections


class OfMou(Governed):
    """A row that belongs to one version of a memorandum."""

    mou = models.ForeignKey(Mou, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True

    def chain(self) -> str:
        return self.mou.chain()


class MouParty(OfMou):
    """A branch that agrees: the IT branch, or one that sponsors."""

    mou = models.ForeignKey(Mou, on_delete=models.PROTECT, related_name="parties")
    side = models.CharField(_("side"), max_length=8, choices=Side)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("branch"))
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["side", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["mou", "branch"],
                name="mou_party_once",
                violation_error_message=_("This branch is a party already."),
            ),
            models.UniqueConstraint(
                fields=["mou"],
                condition=Q(side=Side.IT),
                name="mou_one_it_side",
                violation_error_message=_("There is one IT branch."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.branch)


class MouAmount(OfMou):
    """What one sponsoring branch transfers in one fiscal year, from one source, for salary or for other costs."""

    mou = models.ForeignKey(Mou, on_delete=models.PROTECT, related_name="amounts")
    party = models.ForeignKey(MouParty, on_delete=models.PROTECT, related_name="amounts", verbose_name=_("from"))
    fiscal_year = fiscal_year_field(_("fiscal year"))
    kind = models.CharField(_("for"), max_length=10, choices=MouMoney)
    source = models.ForeignKey(
        FundingSource, on_delete=models.PROTECT, related_name="+", verbose_name=_("source of funds")
    )
    amount = money_field(_("amount"))

    class Meta:
        verbose_name = _("yearly amount")
        verbose_name_plural = _("yearly amounts")
        ordering = ["fiscal_year", "party", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["mou", "party", "fiscal_year", "kind", "source"],
                name="mou_amount_once",
                violation_error_message=_("This year has an amount of this kind from this source already."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="mou_amount_not_negative",
                violation_error_message=_("Amounts are zero or more."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.get_kind_display()}"

    def clean(self) -> None:
        if self.party_id and self.party.side != Side.SPONSOR:
            raise ValidationError({"party": _("Money comes from a sponsoring branch.")})


class MouOfficial(Bilingual, OfMou):
    """A person answerable for the agreement (section 11) or who signs it (section 14), with the title written there."""

    mou = models.ForeignKey(Mou, on_delete=models.PROTECT, related_name="officials")
    party = models.ForeignKey(MouParty, on_delete=models.PROTECT, related_name="officials", verbose_name=_("for"))
    role = models.CharField(_("as"), max_length=10, choices=OfficialRole)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    title_en, title_fr = pair(_("title"), 160)
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("official")
        verbose_name_plural = _("officials")
        ordering = ["role", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["mou", "role", "person"],
                name="mou_official_once",
                violation_error_message=_("This person is named already."),
            ),
            models.UniqueConstraint(
                fields=["mou", "role", "position"],
                name="mou_official_in_order",
                violation_error_message=_("Two officials cannot stand in the same place."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"


class MouAnswer(Bilingual, OfMou):
    """What the author says to a prompt of the template, in both languages; or why the prompt does not apply."""

    mou = models.ForeignKey(Mou, on_delete=models.PROTECT, related_name="answers")
    clause = models.ForeignKey(MouClause, on_delete=models.PROTECT, related_name="+", verbose_name=_("question"))
    text_en, text_fr = pair(_("text"), long=True, blank=True)
    waived_en, waived_fr = pair(_("not applicable because"), 300, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["clause"]
        constraints = [
            models.UniqueConstraint(
                fields=["mou", "clause"],
                name="mou_answer_once",
                violation_error_message=_("Somebody answered this just now."),
            ),
            models.CheckConstraint(
                condition=Q(waived_en="", waived_fr="") | Q(text_en="", text_fr=""),
                name="mou_answer_or_waiver",
                violation_error_message=_("Either write the text or say why it does not apply."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mou}: {self.clause}"


class MouTransfer(ProductLink):
    """Money that came: booked once it has, against a fiscal year of the agreement. Planned is what the agreement says."""

    number = models.CharField(_("memorandum"), max_length=40, db_index=True)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("from"))
    fiscal_year = fiscal_year_field(_("fiscal year"))
    kind = models.CharField(_("for"), max_length=10, choices=MouMoney)
    amount = money_field(_("amount"))
    transferred_on = models.DateField(_("transferred on"))
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["fiscal_year", "transferred_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="mou_transfer_of_something",
                violation_error_message=_("A transfer is more than zero."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.transferred_on}"


def own(mou: Mou, person: Any) -> models.QuerySet[MouOfficial]:
    """The officials of `mou` that `person` is, or acts for today."""
    mine = standing(person).keys(ScopeKind.PERSON, {K.DELEGATE_SIGNING})
    return mou.officials.filter(Q(person=person) | Q(person_id__in=mine))
