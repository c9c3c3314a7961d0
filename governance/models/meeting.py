"""Meetings and written procedures: agenda, attendance, declared conflicts, ballots, minutes (domain.md §5)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.models.board import OfBoard, Seat
from governance.models.review import Review
from governance.states import AgendaState, Choice, MeetingForm, MeetingState, MinutesState, Presence
from people.bilingual import Bilingual, pair
from people.models import Person
from people.permissions import WATCHERS, standing
from people.states import ScopeKind
from records import clock
from records.identity import new_id
from records.models import Governed, GovernedQuerySet


class MeetingQuerySet(GovernedQuerySet):
    def visible_to(self, person: Person) -> "MeetingQuerySet":
        """Meetings of the boards this person sits on; for oversight and auditors all of their departments."""
        mine = standing(person)
        if mine.sees_everything:
            return self
        watched = mine.keys(ScopeKind.DEPARTMENT, WATCHERS)
        return self.filter(Q(board_id__in=mine.keys(ScopeKind.BOARD)) | Q(board__department_id__in=watched))


class Meeting(OfBoard):
    """A board meets, or votes in writing until `ends_at`. Only what is on its agenda is decided there."""

    form = models.CharField(_("form"), max_length=8, choices=MeetingForm, default=MeetingForm.MEETING)
    state = models.CharField(
        _("state"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED, editable=False
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("voting ends at"), null=True, blank=True)
    submissions_close_on = models.DateField(_("submissions close on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    opened_at = models.DateTimeField(null=True, editable=False)
    opened_by_id = models.CharField(max_length=64, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by_id = models.CharField(max_length=64, blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at"]
        indexes = [models.Index(fields=["board", "state", "starts_at"], name="meeting_of_board")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(form=MeetingForm.WRITTEN) | Q(ends_at__isnull=False),
                name="meeting_written_ends",
                violation_error_message=_("A written procedure says when voting ends."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
                name="meeting_times_in_order",
                violation_error_message=_("It cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "cancelled"]) | Q(opened_at__isnull=False),
                name="meeting_opened_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False), name="meeting_closed_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board}, {self.starts_at:%Y-%m-%d}"

    @property
    def is_written(self) -> bool:
        return self.form == MeetingForm.WRITTEN

    @property
    def is_over(self) -> bool:
        """Whether the end set for voting has passed; a meeting has none."""
        return self.ends_at is None or clock.now() >= self.ends_at


class OfMeeting(Governed):
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True

    def chain(self) -> str:
        return f"department:{self.meeting.board.department_id}"


class AgendaPoint(Bilingual, OfMeeting):
    """A point of the agenda: a review to decide, or a matter to discuss under its title."""

    position = models.PositiveSmallIntegerField(_("order"))
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, blank=True, related_name="points")
    title_en, title_fr = pair(_("title"), 200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    state = models.CharField(
        _("state"), max_length=10, choices=AgendaState, default=AgendaState.WAITING, editable=False
    )
    voting_opened_at = models.DateTimeField(null=True, editable=False)
    voting_opened_by_id = models.CharField(max_length=64, blank=True, editable=False)
    voting_closed_at = models.DateTimeField(null=True, editable=False)
    voting_closed_by_id = models.CharField(max_length=64, blank=True, editable=False)
    # The tally as it stood at the close: seats eligible, present, quorum, votes. Null until then.
    tally = models.JSONField(null=True, editable=False)
    discussion_en, discussion_fr = pair(_("discussion"), long=True, blank=True)

    class Meta:
        verbose_name = _("agenda point")
        verbose_name_plural = _("agenda points")
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(state__in=["waiting", "voting", "voted"]),
                name="point_review_on_one_agenda",
                violation_error_message=_("This review is on an agenda already."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "position"],
                condition=~Q(state="removed"),
                name="point_position_once",
                violation_error_message=_("Two points cannot stand in the same place."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["voted", "decided"]) | Q(tally__isnull=False, voting_closed_at__isnull=False),
                name="point_closed_with_tally",
            ),
        ]

    def __str__(self) -> str:
        return str(self.review) if self.review_id else self.title

    def clean(self) -> None:
        if not self.review_id and not (self.title_en or self.title_fr):
            raise ValidationError({"title_en": _("Say what this point is about.")})
        if self.review_id and self.review.board_id != self.meeting.board_id:
            raise ValidationError({"review": _("This review was submitted to another board.")})


class Attendance(OfMeeting):
    """Whether the holder of a seat is there."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendances")
    presence = models.CharField(_("presence"), max_length=8, choices=Presence)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "seat"],
                name="attendance_once",
                violation_error_message=_("This seat is marked already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_presence_display()}"


class OfPoint(Governed):
    point = models.ForeignKey(AgendaPoint, on_delete=models.PROTECT, related_name="%(class)ss")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True

    def chain(self) -> str:
        return self.point.review.chain() if self.point.review_id else self.point.chain()


class Recusal(OfPoint):
    """A conflict declared before voting: the seat leaves the base of the quorum for this point."""

    conflict = models.TextField(_("the conflict"))

    class Meta:
        verbose_name = _("declared conflict")
        verbose_name_plural = _("declared conflicts")
        constraints = [
            models.UniqueConstraint(
                fields=["point", "seat"],
                name="recusal_once",
                violation_error_message=_("This seat is recused already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.seat)


class BallotQuerySet(models.QuerySet):
    def current(self) -> "BallotQuerySet":
        """The last ballot of each seat on each point."""
        return self.order_by("point_id", "seat_id", "-number").distinct("point_id", "seat_id")


class Ballot(models.Model):
    """A vote as it was cast. Append-only: changing it casts the next number; the last before the close counts."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    point = models.ForeignKey(AgendaPoint, on_delete=models.PROTECT, related_name="ballots")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="ballots")
    number = models.PositiveSmallIntegerField()
    choice = models.CharField(_("vote"), max_length=8, choices=Choice)
    reason = models.TextField(_("reason"), blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ballots")
    as_alternate = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+")
    cast_at = models.DateTimeField()
    package_sha256 = models.CharField(max_length=64)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["point", "seat", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["point", "seat", "number"],
                name="ballot_number_once",
                violation_error_message=_("This seat voted in the same moment."),
            ),
            models.CheckConstraint(
                condition=~Q(choice=Choice.AGAINST) | ~Q(reason=""),
                name="ballot_against_with_reason",
                violation_error_message=_("A vote against says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_choice_display()}"

    def chain(self) -> str:
        return self.point.review.chain()


class Minutes(Bilingual, OfMeeting):
    """Draft, circulated, approved at a later meeting, locked. Corrections after the lock are appended.

    `content` is what stands around the text, such as the names of the board, as it was at the lock.
    """

    number = models.PositiveSmallIntegerField(_("number"), default=1)
    state = models.CharField(
        _("state"), max_length=10, choices=MinutesState, default=MinutesState.DRAFT, editable=False
    )
    text_en, text_fr = pair(_("text"), long=True, blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    content = models.JSONField(null=True, editable=False)
    locked_at = models.DateTimeField(null=True, editable=False)
    locked_by_id = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="minutes_number_once",
                violation_error_message=_("Somebody began these minutes just now."),
            ),
            models.CheckConstraint(
                condition=~Q(state=MinutesState.LOCKED) | Q(locked_at__isnull=False), name="minutes_locked_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Minutes of %(meeting)s") % {"meeting": self.meeting})
