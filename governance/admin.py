"""Boards, what they may decide and who sits on them; the types of board and the toll-gates, for administrators."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import mou_admin, risk_admin  # noqa: F401 - register the template of memoranda, the rules of risks
from governance.actions import boards as acts
from governance.models import (
    Board,
    BoardType,
    Competence,
    Condition,
    Decision,
    Gate,
    GateFramework,
    GateInput,
    Meeting,
    Review,
    Seat,
)
from governance.states import DecisionKind
from people.reference_admin import INTO_USE, OUT_OF_USE, AuditedAdmin
from products.admin import RECORDS, EndForm
from products.states import Phase
from records import frozen
from records.administration import Deed, ReadOnlyAdmin, RecordAdmin, RecordForm

BOARDS = _("Toll-gates and boards")


def _out_of_use(boards: list[Board], *, by: Any, reason: str) -> None:
    acts.put_boards_in_use(boards=boards, in_use=False, by=by, reason=reason)


def _into_use(boards: list[Board], *, by: Any, reason: str) -> None:
    acts.put_boards_in_use(boards=boards, in_use=True, by=by, reason=reason)


def _withdraw(competences: list[Competence], *, by: Any, reason: str) -> None:
    acts.withdraw_competences(competences=competences, by=by, reason=reason)


def _end(seats: list[Seat], *, by: Any, **values: Any) -> None:
    acts.end_seats(seats=seats, by=by, **values)


class BoardTypeForm(RecordForm):
    decides = forms.MultipleChoiceField(
        label=_("Kinds of decision"),
        choices=DecisionKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What a new board of this type may decide. Boards that exist keep what they have."),
    )


@admin.register(BoardType)
class BoardTypeAdmin(AuditedAdmin):
    group = BOARDS
    form = BoardTypeForm
    list_display = ("name_en", "name_fr", "tier", "quorum", "rule", "is_active")
    search_fields = ("code", "name_en", "name_fr")
    deeds = (OUT_OF_USE, INTO_USE)


class NewBoardForm(RecordForm):
    """Only what the type cannot know; the board takes over the rest and may differ afterwards."""

    class Meta:
        model = Board
        fields = ("type", "department", "acronym")


@admin.register(Board)
class BoardAdmin(RecordAdmin):
    group = BOARDS
    list_display = ("acronym", "name_en", "name_fr", "department", "tier", "quorum", "rule", "is_active")
    list_display_links = ("acronym", "name_en")
    list_filter = ("is_active", "tier", ("department", admin.RelatedOnlyFieldListFilter))
    search_fields = ("acronym", "name_en", "name_fr")
    deeds = (
        Deed("deactivate", _("Take out of use"), _out_of_use, _("Taken out of use: %(count)d."),
             fits=lambda board: board.is_active,
             warning=_("Nothing more is submitted to it. What it decided stands.")),
        Deed("reactivate", _("Put back into use"), _into_use, _("Back in use: %(count)d."),
             fits=lambda board: not board.is_active),
    )  # fmt: skip

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs |= {"form": NewBoardForm, "fields": NewBoardForm.Meta.fields}
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None:
            return list(NewBoardForm.Meta.fields)
        kept = ("type", "department", "is_active")
        return [name for name in super().get_fields(request, obj) if name not in kept]

    def offered(self, record: Board) -> list[dict[str, Any]]:
        """Also the way to what makes a board able to decide, which has lists of its own."""
        mine = {_("Its seats"): "seat", _("What it decides"): "competence"}
        lists = [
            {
                "label": label,
                "address": f"{reverse(f'admin:governance_{name}_changelist')}?board__id__exact={record.pk}",
            }
            for label, name in mine.items()
        ]
        return [*lists, *super().offered(record)]

    def add(self, *, by: Any, values: dict[str, Any]) -> Board:
        return acts.register_board(by=by, **values)

    def change(self, record: Board, *, by: Any, seen: int | None, values: dict[str, Any]) -> None:
        acts.change_board(board=record, by=by, expected=seen, **values)


class ByBoard(admin.RelatedOnlyFieldListFilter):
    """The boards that have such rows, told apart where two departments call theirs the same."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        boards = Board.objects.filter(pk__in=model_admin.get_queryset(request).values("board"))
        return [(board.pk, board.told_apart) for board in boards.select_related("department")]


class GivenOnceAdmin(RecordAdmin):
    """A row that is given, and taken back or ended by its deed; between the two it does not change."""

    group = BOARDS
    list_select_related = ("board__department",)

    @admin.display(description=_("board"), ordering="board")
    def of_board(self, row: Any) -> str:
        return row.board.told_apart

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Competence)
class CompetenceAdmin(GivenOnceAdmin):
    list_display = ("of_board", "kind", "gate")
    list_display_links = ("of_board", "kind")
    list_select_related = ("board__department", "gate")
    list_filter = ("kind", ("board", ByBoard))
    search_fields = ("board__acronym", "board__name_en", "board__name_fr")
    deeds = (
        Deed("withdraw", _("Take away"), _withdraw, _("Taken away: %(count)d."),
             warning=_("The board decides nothing more of this kind. What it decided stands.")),
    )  # fmt: skip

    def add(self, *, by: Any, values: dict[str, Any]) -> Competence:
        return acts.give_competence(by=by, **values)


@admin.register(Seat)
class SeatAdmin(GivenOnceAdmin):
    list_display = ("person", "of_board", "role", "name_en", "starts_on", "ends_on")
    list_display_links = ("person", "of_board")
    list_select_related = ("board__department", "person")
    list_filter = ("role", ("board", ByBoard))
    search_fields = ("person__name", "person__email", "board__acronym", "board__name_en", "board__name_fr")
    fields = ("board", "role", "person", "alternate_for", "name_en", "name_fr", "starts_on", "ends_on")
    deeds = (
        Deed("end", _("End the seat"), _end, _("Seats ended: %(count)d."), form=EndForm,
             warning=_("The last day counts. Those who stand in for the seat end with it.")),
    )  # fmt: skip

    def add(self, *, by: Any, values: dict[str, Any]) -> Seat:
        return acts.seat_person(by=by, **values)


@admin.register(GateFramework)
class GateFrameworkAdmin(AuditedAdmin):
    group = BOARDS
    list_display = ("code", "name_en", "name_fr", "is_active")
    search_fields = ("code", "name_en", "name_fr")
    deeds = (OUT_OF_USE, INTO_USE)


class GateForm(RecordForm):
    from_phases = forms.MultipleChoiceField(
        label=_("Passed from"), choices=Phase.choices, widget=forms.CheckboxSelectMultiple
    )


@admin.register(Gate)
class GateAdmin(AuditedAdmin):
    group = BOARDS
    form = GateForm
    list_display = ("number", "name_en", "name_fr", "framework", "approved_effect", "is_optional")
    list_display_links = ("number", "name_en")
    list_filter = (("framework", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("name_en", "name_fr")


class GateInputForm(RecordForm):
    frozen_kind = forms.ChoiceField(
        label=_("Record that serves"),
        required=False,
        help_text=_("A record of this system that can be attached in one click."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.frozen_kind
        known = frozen.kinds()
        gone = [(kept, kept)] if kept and kept not in dict(known) else []
        self.fields["frozen_kind"].choices = [("", "–"), *known, *gone]


@admin.register(GateInput)
class GateInputAdmin(AuditedAdmin):
    group = BOARDS
    form = GateInputForm
    list_display = ("gate", "position", "name_en", "name_fr", "requirement", "when_not_held", "frozen_kind")
    list_display_links = ("gate", "position", "name_en")
    list_filter = (("gate", admin.RelatedOnlyFieldListFilter), "requirement")
    search_fields = ("name_en", "name_fr")


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    """What was submitted and decided is looked at here and changed nowhere but by its own acts."""

    group = RECORDS
    list_display = ("product", "kind", "gate", "attempt", "state", "board", "submitted_at", "submitted_by_name")
    list_filter = ("state", "kind", ("board", ByBoard))
    search_fields = ("product__code", "product__name_en", "product__name_fr", "ask_en", "ask_fr")


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    group = RECORDS
    list_display = ("board", "form", "starts_at", "ends_at", "state")
    list_display_links = ("board", "starts_at")
    list_filter = ("state", "form", ("board", ByBoard))
    search_fields = ("board__acronym", "board__name_en", "board__name_fr")


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    group = RECORDS
    list_display = ("number", "review", "outcome", "decided_at", "decided_by_name")
    list_filter = ("outcome",)
    search_fields = ("number", "review__product__code", "review__product__name_en", "review__product__name_fr")


@admin.register(Condition)
class ConditionAdmin(ReadOnlyAdmin):
    group = RECORDS
    list_display = ("what_en", "what_fr", "owner", "due_on", "verifier", "state")
    list_display_links = ("what_en", "what_fr")
    list_filter = ("state",)
    search_fields = ("what_en", "what_fr", "review__product__code", "owner__name")
    exclude = ("proof_link",)
