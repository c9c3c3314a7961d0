"""Notices to a person, in the application first, by mail as well; and what each person chose to get by mail."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.bilingual import Bilingual, reader
from people.models.person import Person
from people.states import Delivery, Rhythm
from records.identity import new_id

NEWS = timedelta(days=35)


class NoticeQuerySet(models.QuerySet):
    """Reads of notices."""

    def visible_to(self, person: Person) -> "NoticeQuerySet":
        """A notice is read by the person it was written to and by nobody else."""
        return self.filter(person=person)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def for_digest(self) -> "NoticeQuerySet":
        """Those that wait for their reader's digest: not mailed, and not read here meanwhile."""
        return self.filter(delivery=Delivery.DIGEST, mailed_at=None, read_at=None)

    def for_digest_of(self, start: date) -> "NoticeQuerySet":
        """Those of the digest that begins on `start`: told before that day, and not so long ago that they are no news."""
        begins = timezone.make_aware(datetime.combine(start, time()))
        return self.for_digest().filter(at__lt=begins, at__gte=begins - NEWS)

    def unread_first(self) -> "NoticeQuerySet":
        return self.order_by(models.F("read_at").desc(nulls_first=True), "-at", "pk")


class Notice(Bilingual, models.Model):
    """One message. `text_en` and `text_fr` are both written, so the reader's language can change later.

    `path` is the address of the thing without its language; `key` names what is told once only to a person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=60)
    text_en = models.CharField(max_length=300)
    text_fr = models.CharField(max_length=300)
    path = models.CharField(max_length=300)
    key = models.CharField(max_length=120, blank=True, default="")
    delivery = models.CharField(max_length=10, choices=Delivery, default=Delivery.HERE)
    at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["person"], condition=models.Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["person", "-at"], name="notice_of_person"),
            models.Index(
                fields=["at"],
                condition=models.Q(delivery="digest", mailed_at__isnull=True, read_at__isnull=True),
                name="notice_for_digest",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "key"], condition=~models.Q(key=""), name="notice_told_once"
            )
        ]

    def __str__(self) -> str:
        return self.text_en

    @property
    def address(self) -> str:
        """The address of the thing in the reader's language."""
        return f"/{reader()}{self.path}"

    @property
    def is_unread(self) -> bool:
        return self.read_at is None

    @property
    def label(self) -> Any:
        """What kind of notice this is, in words."""
        from people.notices import KINDS

        return KINDS[self.kind].label if self.kind in KINDS else ""


class NoticeChoice(models.Model):
    """How a person wants to get one kind of notice, where that is not as the house suggests."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notice_choices")
    kind = models.CharField(max_length=60)
    delivery = models.CharField(max_length=10, choices=Delivery)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="notice_choice_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.delivery}"


class DigestChoice(models.Model):
    """How often a person wants the digest, where that is not weekly."""

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, primary_key=True, related_name="digest_choice", verbose_name=_("person")
    )
    rhythm = models.CharField(max_length=10, choices=Rhythm)

    class Meta:
        verbose_name = _("choice of digest")
        verbose_name_plural = _("choices of digest")

    def __str__(self) -> str:
        return self.rhythm
