"""Boards, what each may decide, and their seats (domain.md §5)."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from governance.states import DecisionKind, Rule, SeatRole
from people.bilingual import Bilingual, pair
from people.models import Department, Person
from people.permissions import standing
from people.states import ScopeKind
from records.models import Governed, GovernedQuerySet


class BoardShape(Bilingual, Governed):
    """What boards of one sort have in common. A new board takes it over and may differ afterwards."""

    name_en, name_fr = pair(_("name"), 120)
    terms_en, terms_fr = pair(_("terms of reference"), long=True, blank=True)
    tier = models.PositiveSmallIntegerField(_("tier"), default=1, validators=[MinValueValidator(1)])
    quorum = models.PositiveSmallIntegerField(
        _("quorum"),
        validators=[MinValueValidator(1)],
        help_text=_("How many seats with a vote must be present, recused seats not counted."),
    )
    rule = models.CharField(_("rule"), max_length=10, choices=Rule, default=Rule.MAJORITY)
    chair_casts = models.BooleanField(_("the chair has the casting vote"), default=False)
    hides_tally = models.BooleanField(_("how each voted stays hidden until the vote closes"), default=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class BoardType(BoardShape):
    """A sort of board that ships with the software: where a department's boards start from."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    decides = ArrayField(
        models.CharField(max_length=20, choices=DecisionKind), default=list, verbose_name=_("kinds of decision")
    )

    class Meta:
        verbose_name = _("type of board")
        verbose_name_plural = _("types of board")
        ordering = ["tier", "code"]

    def chain(self) -> str:
        return "installation"


class BoardQuerySet(GovernedQuerySet):
    def visible_to(self, person: Person) -> "BoardQuerySet":
        """Boards of the departments this person reads, and those this person sits on."""
        mine = standing(person)
        if mine.sees_everything:
            return self
        return self.filter(Q(department_id__in=mine.departments) | Q(pk__in=mine.keys(ScopeKind.BOARD)))

    def deciding(self, kind: str, gate: "models.Model | None" = None) -> "BoardQuerySet":
        """Boards in use that may decide `kind`; for a toll-gate, that gate."""
        fits = Q(competences__kind=kind) & (Q(competences__gate__isnull=True) | Q(competences__gate=gate))
        return self.filter(fits, is_active=True).distinct()


class Board(BoardShape):
    """A board of a department, with its terms of reference."""

    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="boards", verbose_name=_("department")
    )
    type = models.ForeignKey(BoardType, on_delete=models.PROTECT, related_name="boards", verbose_name=_("type"))
    acronym = models.CharField(_("acronym"), max_length=20)

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ["department", "tier", "acronym"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "acronym"],
                name="board_acronym_once",
                violation_error_message=_("Another board of this department has this acronym."),
            ),
        ]

    @property
    def told_apart(self) -> str:
        """Its name and the code of its department, where boards of several departments stand in one list."""
        return f"{self.name} ({self.department.code})"

    def chain(self) -> str:
        return f"department:{self.department_id}"


class OfBoard(Governed):
    """A row of one board."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("board"))

    class Meta:
        abstract = True

    def chain(self) -> str:
        return f"department:{self.board.department_id}"


class Competence(OfBoard):
    """A kind of decision the board may take; for toll-gates one gate, or every gate when none is named."""

    kind = models.CharField(_("kind of decision"), max_length=20, choices=DecisionKind)
    gate = models.ForeignKey(
        "governance.Gate",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("toll-gate"),
    )

    class Meta:
        verbose_name = _("kind of decision")
        verbose_name_plural = _("kinds of decision")
        constraints = [
            models.UniqueConstraint(
                fields=["board", "kind", "gate"],
                nulls_distinct=False,
                name="competence_once",
                violation_error_message=_("This board has this kind of decision already."),
            ),
            models.CheckConstraint(
                condition=Q(gate__isnull=True) | Q(kind=DecisionKind.GATE),
                name="competence_gate_of_gates",
                violation_error_message=_("Only the toll-gate kind names a gate."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.gate or self.get_kind_display())


class SeatQuerySet(GovernedQuerySet):
    def on(self, day: date) -> "SeatQuerySet":
        """Seats held on `day`; the last day counts."""
        return self.filter(starts_on__lte=day).exclude(ends_on__lt=day)

    def eligible(self) -> "SeatQuerySet":
        """Seats with a vote of their own: the base of the quorum before recusals."""
        return self.filter(role__in=SeatRole.eligible())


def _held() -> Func:
    """The days of a seat, both ends counted."""
    return Func(
        "starts_on",
        "ends_on",
        RangeBoundary(inclusive_lower=True, inclusive_upper=True),
        function="DATERANGE",
        output_field=DateRangeField(),
    )


class Seat(Bilingual, OfBoard):
    """Who sits on a board as what, between two dates. Never deleted: it ends."""

    role = models.CharField(_("sits as"), max_length=10, choices=SeatRole)
    name_en, name_fr = pair(_("name of the seat"), 120, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats", verbose_name=_("person"))
    alternate_for = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="alternates",
        verbose_name=_("alternate of"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["board", "role", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="seat_dates_in_order",
                violation_error_message=_("It cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(role=SeatRole.ALTERNATE, alternate_for__isnull=False)
                | (~Q(role=SeatRole.ALTERNATE) & Q(alternate_for__isnull=True)),
                name="seat_alternate_of_somebody",
                violation_error_message=_("An alternate, and only an alternate, names the seat it stands in for."),
            ),
            ExclusionConstraint(
                name="seat_one_chair",
                expressions=[("board", RangeOperators.EQUAL), (_held(), RangeOperators.OVERLAPS)],
                condition=Q(role=SeatRole.CHAIR),
                violation_error_message=_("This board has a chair in that time. End that seat first."),
            ),
            ExclusionConstraint(
                name="seat_one_per_person",
                expressions=[
                    ("board", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (_held(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person has a seat on this board in that time already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.get_role_display()}: {self.person}"

    def clean(self) -> None:
        principal = self.alternate_for
        if principal is not None and (principal.board_id != self.board_id or principal.role not in SeatRole.eligible()):
            raise ValidationError({"alternate_for": _("Choose a seat of this board that has a vote.")})

    def is_held_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
