"""Who is who, and in what capacity they act."""

from people.models.capacity import Appointment, Capacity
from people.models.delegation import Delegation
from people.models.notice import DigestChoice, Notice, NoticeChoice
from people.models.organisation import Branch, BranchKind, Department
from people.models.person import Person
from people.models.saved_view import DefaultView, SavedView

__all__ = [
    "Appointment",
    "Branch",
    "BranchKind",
    "Capacity",
    "DefaultView",
    "Delegation",
    "Department",
    "DigestChoice",
    "Notice",
    "NoticeChoice",
    "Person",
    "SavedView",
]
