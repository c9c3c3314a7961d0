"""What stands once a memorandum is frozen: its text, whether it is intact, what was said of it and signed (domain.md §6)."""

from dataclasses import dataclass

from governance.models import Mou, MouOpinion, MouParty, MouSignature, MouText
from governance.mou.canonical import digest
from governance.mou_states import MouState, Opinion, OpinionKind
from records.states import EvidenceState


def frozen_text(mou: Mou) -> MouText | None:
    """The text that stands, or stood when it was declined or voided; None while the memorandum is written: what was frozen
    before has lapsed."""
    if mou.state == MouState.DRAFT:
        return None
    return MouText.objects.filter(mou=mou).order_by("-number").first()


def the_text(mou: Mou) -> MouText:
    """As `frozen_text`, where there must be one. LookupError else."""
    text = frozen_text(mou)
    if text is None:
        raise LookupError("A memorandum that is being written has no frozen text.")
    return text


def is_intact(text: MouText) -> bool:
    """Whether the text agrees with the hash it was frozen with."""
    return bool(digest(text.content) == text.sha256)


@dataclass(frozen=True)
class Voice:
    """Who is to say something of the text, and what was said. `party` is None for the CFO."""

    kind: str
    party: MouParty | None
    opinion: MouOpinion | None

    @property
    def agrees(self) -> bool:
        return self.opinion is not None and self.opinion.opinion == Opinion.AGREES


def voices_of(mou: Mou, text: MouText | None = None) -> list[Voice]:
    """A director-general of each party, then the CFO, each with what was said of the text that stands. Three questions."""
    text = text or frozen_text(mou)
    said = {(each.kind, each.party_id): each for each in (text.opinions.all() if text else [])}
    parties = mou.parties.select_related("branch").order_by("side", "position")
    found = [Voice(OpinionKind.VALIDATION, each, said.get((OpinionKind.VALIDATION, each.pk))) for each in parties]
    return [*found, Voice(OpinionKind.CONCURRENCE, None, said.get((OpinionKind.CONCURRENCE, None)))]


def is_agreed(mou: Mou) -> bool:
    """Whether every party's director-general validated the text that stands and the CFO concurs."""
    return all(each.agrees for each in voices_of(mou))


def signatures_of(text: MouText) -> dict[object, MouSignature]:
    """Official → what that signatory did last with the text; a copy may still wait for its scan, or be refused by it."""
    rows = text.signatures.select_related("evidence", "delegation").order_by("attempt")
    return {each.official_id: each for each in rows}


def counted(text: MouText) -> list[MouSignature]:
    """What signatories did with the text and counts: no copy that the scanner has not let pass."""
    rows = text.signatures.exclude(evidence__state__in=[EvidenceState.WAITING, EvidenceState.REFUSED])
    return list(rows.order_by("signed_at"))
