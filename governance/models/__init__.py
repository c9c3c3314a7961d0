"""What governance keeps: boards, toll-gates, reviews, meetings, decisions."""

from governance.models.artefact import Artefact
from governance.models.board import Board, BoardType, Competence, Seat
from governance.models.decision import Condition, Decision
from governance.models.gate import Gate, GateFramework, GateInput, ProductChange
from governance.models.meeting import AgendaPoint, Attendance, Ballot, Meeting, Minutes, Recusal
from governance.models.mou import Mou, MouAmount, MouAnswer, MouOfficial, MouParty, MouTransfer
from governance.models.mou_remark import MouComment
from governance.models.mou_signing import MouConsent, MouOpinion, MouReview, MouSignature, MouTermination, MouText
from governance.models.mou_template import MouClause, MouTemplate
from governance.models.pack import Pack
from governance.models.review import Package, Review
from governance.models.risk import Risk, RiskReview, RiskScore
from governance.models.risk_import import RiskImport
from governance.models.risk_rules import BandRule, RiskGrid, RiskLevel
from governance.models.risk_treatment import Mitigation, RiskAcceptance

__all__ = [
    "AgendaPoint", "Artefact", "Attendance", "Ballot", "BandRule", "Board", "BoardType", "Competence", "Condition",
    "Decision", "Gate", "GateFramework", "GateInput", "Meeting", "Minutes", "Mitigation", "Mou", "MouAmount",
    "MouAnswer", "MouClause", "MouComment", "MouConsent", "MouOfficial", "MouOpinion", "MouParty", "MouReview",
    "MouSignature", "MouTemplate", "MouTermination", "MouText", "MouTransfer", "Pack", "Package", "ProductChange",
    "Recusal", "Review", "Risk", "RiskAcceptance", "RiskGrid", "RiskImport", "RiskLevel", "RiskReview", "RiskScore", "Seat",
]  # fmt: skip
