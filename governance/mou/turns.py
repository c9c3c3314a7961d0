"""Whose turn it is to sign: pure rules over the order of signing and what was signed (domain.md §6, ux.md A7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.models import Mou, MouOfficial, MouSignature
from governance.mou.frozen import frozen_text, signatures_of
from governance.mou_states import MouState, OfficialRole, SigningAct, SigningOrder


class Turn(TextChoices):
    """How a signatory stands."""

    SIGNED = "signed", _("signed")
    DECLINED = "declined", pgettext_lazy("signature", "declined")
    SCANNED = "scanned", _("copy handed in, waits for its scan")
    NOW = "now", _("to sign")
    LATER = "later", _("signs after the others")
    CLOSED = "closed", _("did not sign")


@dataclass(frozen=True)
class Step:
    """One signatory, what was done, and since when it is their turn; `refused` is a copy that the scanner did not let pass."""

    official: MouOfficial
    turn: str
    signature: MouSignature | None = None
    since: datetime | None = None
    refused: MouSignature | None = None

    @property
    def is_now(self) -> bool:
        return self.turn == Turn.NOW


@dataclass(frozen=True)
class Signing:
    """The signatories in their order."""

    steps: list[Step] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def signed(self) -> int:
        return sum(each.turn == Turn.SIGNED for each in self.steps)

    @property
    def now(self) -> list[Step]:
        """Those whose turn it is."""
        return [each for each in self.steps if each.is_now]

    @property
    def is_complete(self) -> bool:
        return bool(self.steps) and self.signed == self.total

    def step_of(self, official: MouOfficial) -> Step | None:
        return next((each for each in self.steps if each.official.pk == official.pk), None)


def steps(
    officials: list[MouOfficial],
    signatures: Mapping[object, MouSignature],
    order: str,
    *,
    is_open: bool = True,
    sent_at: datetime | None = None,
) -> list[Step]:
    """Each of `officials`, who stand in their order: everybody's turn at once, or the first who has not signed yet."""
    found, is_taken, since = [], False, sent_at
    for official in officials:
        signature, refused = _kept(signatures.get(official.pk))
        if signature is not None:
            turn = _turn_of(signature)
            is_taken = is_taken or turn == Turn.SCANNED
            since = signature.signed_at if order == SigningOrder.SEQUENTIAL else since
            found.append(Step(official, turn, signature))
            continue
        is_later = order == SigningOrder.SEQUENTIAL and is_taken
        turn = Turn.CLOSED if not is_open else Turn.LATER if is_later else Turn.NOW
        is_taken = True
        found.append(Step(official, turn, since=since if turn == Turn.NOW else None, refused=refused))
    return found


def _kept(signature: MouSignature | None) -> tuple[MouSignature | None, MouSignature | None]:
    """What was done and stands, or the copy that was refused: it counts no more, so it is that signatory's turn again."""
    is_refused = signature is not None and signature.evidence is not None and signature.evidence.is_refused
    return (None, signature) if is_refused else (signature, None)


def _turn_of(signature: MouSignature) -> str:
    if signature.act == SigningAct.DECLINED:
        return Turn.DECLINED
    return Turn.SCANNED if signature.evidence is not None and signature.evidence.is_waiting else Turn.SIGNED


def signing_of(mou: Mou) -> Signing:
    """The signing of the text that stands. Three questions."""
    text = frozen_text(mou)
    rows = mou.officials.filter(role=OfficialRole.SIGNATORY).select_related("person", "party__branch")
    officials = sorted(rows, key=lambda each: each.position)
    signatures = signatures_of(text) if text else {}
    is_open = mou.state in MouState.under_way()
    return Signing(steps(officials, signatures, mou.signing_order, is_open=is_open, sent_at=mou.sent_at))
