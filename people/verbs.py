"""What the verbs of the permission table say to a reader, by the part of the work they belong to (domain.md §11)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from people.permissions import TABLE
from people.states import CapacityKind

VERBS: tuple[tuple[Any, dict[str, Any]], ...] = (
    (
        _("The product and its inventory"),
        {
            "register_product": _("Enter a product in the inventory"),
            "change_product": _("Change what the inventory says of a product"),
            "import_inventory": _("Import an inventory from a file"),
            "open_position": _("Enter where a product stood before it came here"),
            "write_strategy": _("Write and publish the product’s strategy"),
            "change_budget": _("Enter the product’s budget"),
            "change_boundaries": _("Enter security assessments and the standards in use"),
        },
    ),
    (
        _("The Product Team Brief"),
        {
            "see_drafts": _("Read what is not published yet"),
            "edit_brief": _("Write the brief"),
            "assign_roles": _("Give and end the roles of the team"),
            "change_structure": _("Change positions and governance bodies"),
            "publish_brief": _("Publish the brief"),
            "confirm_brief": _("Confirm each quarter that the brief is still true"),
        },
    ),
    (
        _("The roadmap and its releases"),
        {
            "edit_roadmap": _("Plan goals, outcomes and milestones, and publish changes"),
            "confirm_order": _("Confirm the order of the milestones"),
            "vet_roadmap": _("Vet a year: it can be done"),
            "make_release": _("Plan releases and note that they are in production"),
            "analyse_release": _("Analyse what a release did, and publish the analysis"),
            "hold_outcome_gate": _("Decide on an outcome within the team’s autonomy"),
            "raise_demand": _("Ask something of the product"),
            "accept_demand": _("Accept or decline what is asked"),
            "manage_projects": _("Enter projects beside the product and what they expect"),
            "keep_feedback": _("Keep what users say"),
        },
    ),
    (
        _("Measures"),
        {
            "see_sources": _("Read where deliveries are counted"),
            "connect_source": _("Say where deliveries are counted"),
            "upload_deliveries": _("Hand in deliveries from a file"),
            "correct_delivery": _("Correct a delivery"),
            "declare_month": _("Declare a month complete"),
            "approve_restatement": _("Approve that a past month is counted anew"),
            "set_measures": _("Set how deliveries are measured and what is aimed at"),
            "keep_kpis": _("Keep indicators and their values"),
        },
    ),
    (
        _("Toll-gates and boards"),
        {
            "prepare_review": _("Prepare, submit and withdraw what a board is asked to decide"),
            "present_case": _("Present the business case to a board when it is reviewed"),
            "request_status": _("Request product status"),
            "close_condition": _("Give the proof of a condition"),
            "read_board": _("Read what is before the board"),
            "run_meeting": _("Call meetings, set the agenda, mark attendance, keep the minutes"),
            "cast_vote": _("Vote, each from the seat held"),
            "record_decision": _("Close the vote and record the decision"),
        },
    ),
    (
        _("Memoranda of understanding"),
        {
            "write_mou": _("Write, send for review, send out for signature and amend a memorandum"),
            "comment_mou": _("Comment on a memorandum before it is signed"),
            "validate_mou": _("Validate a memorandum for the branch"),
            "concur_mou": _("Concur with a memorandum"),
            "end_mou": _("Propose the end of a memorandum, and consent to it"),
            "book_transfer": _("Enter what was transferred under a memorandum"),
        },
    ),
    (
        _("Risks"),
        {
            "read_risks": _("Read the risks"),
            "keep_risks": _("Raise, score, review and close risks, and keep what is done about them"),
            "accept_risk": _("Accept a risk, where the rule of its band names them"),
            "escalate_risk": _("Bring a risk before a board"),
        },
    ),
)


@dataclass(frozen=True)
class Right:
    """One thing to do, and in which capacities it may be done."""

    verb: str
    label: Any
    capacities: list[CapacityKind]


def rights() -> list[tuple[Any, list[Right]]]:
    """The whole table by part of the work; capacities in the order of the cast."""
    return [
        (heading, [Right(verb, label, [kind for kind in CapacityKind if kind in TABLE[verb]]) for verb, label in verbs])
        for heading, verbs in ((heading, words.items()) for heading, words in VERBS)
    ]


def by_capacity() -> list[tuple[CapacityKind, list[Any]]]:
    """What each capacity may do; nothing for those that read and decide elsewhere. Who acts for another has that one's rights."""
    every = [right for _heading, group in rights() for right in group]
    kinds = [kind for kind in CapacityKind if kind not in CapacityKind.delegated()]
    return [(kind, [right.label for right in every if kind in right.capacities]) for kind in kinds]
