"""What was frozen, said of it and signed: rows that never change (domain.md §6, decisions.md §14)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.models.mou import Mou, MouOfficial, MouParty
from governance.mou_states import Opinion, OpinionKind, SigningAct, SigningMethod
from people.bilingual import Bilingual, pair
from people.models import Delegation
from records.identity import new_id
from records.models import EvidenceFile, Governed


class MouText(models.Model):
    """The agreement as canonical JSON, both languages, with its hash: frozen when it is sent for review. That hash is
    validated, approved and signed; a change of anything is another text with another hash."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mou = models.ForeignKey(Mou, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField(_("text"))
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by_id = models.CharField(max_length=64)
    frozen_by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("text of a memorandum")
        ordering = ["mou", "-number"]
        constraints = [models.UniqueConstraint(fields=["mou", "number"], name="mou_text_once")]

    def __str__(self) -> str:
        return f"{self.mou} {self.sha256[:8].upper()}"

    def chain(self) -> str:
        return self.mou.chain()


class MouOpinion(Bilingual, models.Model):
    """A director-general validates for a party, or the CFO concurs; or one of them sends the text back and says why."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    text = models.ForeignKey(MouText, on_delete=models.PROTECT, related_name="opinions")
    kind = models.CharField(max_length=12, choices=OpinionKind)
    party = models.ForeignKey(MouParty, on_delete=models.PROTECT, null=True, related_name="opinions")
    opinion = models.CharField(max_length=8, choices=Opinion)
    reason = models.TextField(_("reason"), blank=True)
    given_at = models.DateTimeField()
    given_by_id = models.CharField(max_length=64)
    given_by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("opinion")
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "kind", "party"],
                nulls_distinct=False,
                name="mou_opinion_once",
                violation_error_message=_("This was said already."),
            ),
            models.CheckConstraint(
                condition=Q(kind=OpinionKind.VALIDATION, party__isnull=False)
                | Q(kind=OpinionKind.CONCURRENCE, party__isnull=True),
                name="mou_opinion_for_a_party",
            ),
            models.CheckConstraint(
                condition=Q(opinion=Opinion.AGREES) | ~Q(reason=""),
                name="mou_opinion_says_why",
                violation_error_message=_("Say why it goes back."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_by_name}: {self.get_opinion_display()}"


class MouSignature(models.Model):
    """One signatory's act on one frozen text. Name, title and organisation are kept as they were that day.

    A copy handed in counts once the scanner has let it pass. Where it refuses one, the signatory signs anew: `attempt` counts.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    text = models.ForeignKey(MouText, on_delete=models.PROTECT, related_name="signatures")
    official = models.ForeignKey(MouOfficial, on_delete=models.PROTECT, related_name="signatures")
    attempt = models.PositiveSmallIntegerField(default=1)
    act = models.CharField(max_length=8, choices=SigningAct)
    method = models.CharField(max_length=6, choices=SigningMethod, default=SigningMethod.HERE)
    language = models.CharField(max_length=2)
    text_sha256 = models.CharField(max_length=64)
    accepted = models.TextField(_("sentence accepted"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    signer_id = models.CharField(max_length=64)
    signer_name = models.CharField(max_length=200)
    title_en, title_fr = pair(_("title"), 160)
    organisation_en, organisation_fr = pair(_("organisation"), 200)
    assurance = models.CharField(_("how the person was known"), max_length=200, blank=True)
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, null=True, related_name="+")
    acting_for_name = models.CharField(max_length=200, blank=True)
    evidence = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, null=True, related_name="+")
    evidence_sha256 = models.CharField(max_length=64, blank=True)
    signed_on = models.DateField(_("signed on"))
    signed_at = models.DateTimeField()
    signed_by_id = models.CharField(max_length=64)
    signed_by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("signature")
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "official", "attempt"],
                name="mou_signature_once",
                violation_error_message=_("This signature is there already."),
            ),
            models.CheckConstraint(
                condition=Q(act=SigningAct.SIGNED) | ~Q(reason=""),
                name="mou_decline_says_why",
                violation_error_message=_("Say why you decline."),
            ),
            models.CheckConstraint(
                condition=Q(method=SigningMethod.HERE, evidence__isnull=True)
                | (~Q(method=SigningMethod.HERE) & Q(evidence__isnull=False)),
                name="mou_outside_signature_has_copy",
                violation_error_message=_("A signature given elsewhere comes with its signed copy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signer_name}: {self.get_act_display()}"

    def chain(self) -> str:
        return self.text.chain()


class MouReview(Bilingual, models.Model):
    """The review of an agreement in force, noted as done: which one it was, when, and what came of it. Where it is reviewed on
    a date, `next_on` is the date after that one."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mou = models.ForeignKey(Mou, on_delete=models.PROTECT, related_name="periodic_reviews")
    due_on = models.DateField(_("was due on"))
    reviewed_on = models.DateField(_("reviewed on"))
    next_on = models.DateField(_("next review on"), null=True, blank=True)
    note_en, note_fr = pair(_("what came of it"), long=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by_id = models.CharField(max_length=64)
    noted_by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("review of a memorandum")
        ordering = ["reviewed_on", "noted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["mou", "due_on"],
                name="mou_review_once",
                violation_error_message=_("This review is noted already."),
            ),
            models.CheckConstraint(
                condition=~Q(note_en="") | ~Q(note_fr=""),
                name="mou_review_says_something",
                violation_error_message=_("Say what came of it, in one language at least."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mou}: {self.reviewed_on}"

    def chain(self) -> str:
        return self.mou.chain()


class MouTermination(Bilingual, Governed):
    """A proposal to end the agreement on a day. It ends when every party consented and the day has come."""

    mou = models.ForeignKey(Mou, on_delete=models.PROTECT, related_name="terminations")
    effective_on = models.DateField(_("ends on"))
    reason_en, reason_fr = pair(_("reason"), long=True)
    funding_en, funding_fr = pair(_("what becomes of the money"), long=True)
    staffing_en, staffing_fr = pair(_("what becomes of the staff"), long=True)
    proposed_at = models.DateTimeField(editable=False)
    proposed_by_id = models.CharField(max_length=64, editable=False)
    proposed_by_name = models.CharField(max_length=200, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by_id = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("termination")
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["mou"],
                condition=Q(withdrawn_at__isnull=True),
                name="mou_one_termination",
                violation_error_message=_("A termination is proposed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.mou}: {self.effective_on}"

    def chain(self) -> str:
        return self.mou.chain()


class MouConsent(models.Model):
    """A party's consent to a termination, by its head or a signatory."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    termination = models.ForeignKey(MouTermination, on_delete=models.PROTECT, related_name="consents")
    party = models.ForeignKey(MouParty, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_by_id = models.CharField(max_length=64)
    given_by_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("consent")
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["termination", "party"],
                name="mou_consent_once",
                violation_error_message=_("This party has consented already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.given_by_name}"
