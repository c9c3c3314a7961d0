"""What governance keeps: boards, toll-gates, reviews, meetings, decisions."""

from governance.models.artefact import Artefact
from governance.models.board import Board, BoardType, Competence, Seat
from governance.models.decision import Condition, Decision
from governance.models.gate import Gate, GateFramework, GateInput, ProductChange
from governance.models.meeting import AgendaPoint, Attendance, Ballot, Meeting, Minutes, Recusal
from governance.models.pack import Pack
from governance.models.review import Package, Review

__all__ = [
    "AgendaPoint", "Artefact", "Attendance", "Ballot", "Board", "BoardType", "Competence", "Condition", "Decision", "Gate",
    "GateFramework", "GateInput", "Meeting", "Minutes", "Pack", "Package", "ProductChange", "Recusal", "Review", "Seat",
]  # fmt: skip
