"""The vocabulary of a memorandum of understanding and the moves it may make (domain.md §6)."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.moves import Moves


class MouSection(IntegerChoices):
    """The fourteen sections of the standard, in its order."""

    RECITALS = 1, _("Recitals")
    DURATION = 2, _("Commencement and duration")
    VISION = 3, _("Mutual vision, strategy and outcomes")
    PURPOSE = 4, _("Purpose and objectives")
    REFERENCES = 5, _("References to supporting documents")
    SCOPE = 6, _("Scope")
    FEES = 7, _("Fee structure or resource pooling")
    PERFORMANCE = 8, _("Performance targets and reporting")
    AUTHORITIES = 9, _("Authorities and accountabilities")
    GOVERNANCE = 10, _("Roles, responsibilities and governance")
    OFFICIALS = 11, _("Designated officials")
    DISPUTES = 12, _("Dispute resolution")
    AMENDMENTS = 13, _("Amendments and termination")
    SIGNATORIES = 14, _("Signatories")


class MouState(TextChoices):
    DRAFT = "draft", pgettext_lazy("MOU", "draft")
    IN_REVIEW = "in_review", pgettext_lazy("MOU", "in review")
    APPROVED = "approved", pgettext_lazy("MOU", "approved")
    OUT_FOR_SIGNATURE = "signing", pgettext_lazy("MOU", "out for signature")
    IN_FORCE = "in_force", pgettext_lazy("MOU", "in force")
    SUPERSEDED = "superseded", pgettext_lazy("MOU", "superseded")
    EXPIRED = "expired", pgettext_lazy("MOU", "expired")
    TERMINATED = "terminated", pgettext_lazy("MOU", "terminated")
    DECLINED = "declined", pgettext_lazy("MOU", "declined")
    VOIDED = "voided", pgettext_lazy("MOU", "voided")

    @classmethod
    def under_way(cls) -> tuple["MouState", ...]:
        """Written, reviewed or signed now; a product has at most one."""
        return (cls.DRAFT, cls.IN_REVIEW, cls.APPROVED, cls.OUT_FOR_SIGNATURE)

    @classmethod
    def was_in_force(cls) -> tuple["MouState", ...]:
        return (cls.IN_FORCE, cls.SUPERSEDED, cls.EXPIRED, cls.TERMINATED)

    @classmethod
    def frozen(cls) -> tuple["MouState", ...]:
        """Those whose text stands still."""
        return (cls.IN_REVIEW, cls.APPROVED, cls.OUT_FOR_SIGNATURE, *cls.was_in_force())


MOU_MOVES: Moves = {
    MouState.DRAFT: {MouState.IN_REVIEW, MouState.VOIDED},
    # Back to draft when it is reopened, returned by a validation or by the committee: what was said of the text lapses.
    MouState.IN_REVIEW: {MouState.DRAFT, MouState.APPROVED, MouState.VOIDED},
    MouState.APPROVED: {MouState.OUT_FOR_SIGNATURE, MouState.DRAFT, MouState.VOIDED},
    MouState.OUT_FOR_SIGNATURE: {MouState.IN_FORCE, MouState.DECLINED, MouState.VOIDED},
    MouState.IN_FORCE: {MouState.SUPERSEDED, MouState.EXPIRED, MouState.TERMINATED},
    MouState.SUPERSEDED: set(),
    MouState.EXPIRED: set(),
    MouState.TERMINATED: set(),
    # A declined text is taken up again as a draft, or given up.
    MouState.DECLINED: {MouState.DRAFT, MouState.VOIDED},
    MouState.VOIDED: set(),
}


class Side(TextChoices):
    IT = "it", _("IT branch")
    SPONSOR = "sponsor", _("sponsoring branch")


class ReviewCycle(TextChoices):
    YEARLY = "yearly", _("each year")
    FOUR_YEARLY = "four_yearly", _("every four years")
    ON_DATE = "on_date", _("on a date")


class SigningOrder(TextChoices):
    PARALLEL = "parallel", _("all at once")
    SEQUENTIAL = "sequential", _("one after the other")


class MouMoney(TextChoices):
    SALARY = "salary", _("salary")
    NON_SALARY = "non_salary", _("non-salary")


class ClauseKind(TextChoices):
    FIXED = "fixed", _("clause")
    PROMPT = "prompt", _("question to the author")
    SUPPLEMENT = "supplement", _("room for more")


class OfficialRole(TextChoices):
    DESIGNATED = "designated", _("designated official")
    SIGNATORY = "signatory", _("signatory")


class OpinionKind(TextChoices):
    """Who says something of a frozen text before the committee does."""

    VALIDATION = "validation", _("validation by a director-general")
    CONCURRENCE = "concurrence", _("concurrence of the CFO")


class Opinion(TextChoices):
    AGREES = "agrees", _("agrees")
    RETURNS = "returns", _("sends it back")


class SigningAct(TextChoices):
    SIGNED = "signed", _("signed")
    DECLINED = "declined", pgettext_lazy("signature", "declined")


class SigningMethod(TextChoices):
    HERE = "here", _("signed here")
    PAPER = "paper", _("signed on paper")
    MAIL = "mail", _("signed by e-mail")
