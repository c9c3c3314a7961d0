"""Notices to a person, in the application first, by mail as well."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.person import Person
from records.identity import new_id


class Notice(models.Model):
    """One message. `text_en` and `text_fr` are both written, so the reader's language can change later."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=60)
    text_en = models.CharField(max_length=300)
    text_fr = models.CharField(max_length=300)
    path = models.CharField(max_length=300)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at"]
        indexes = [models.Index(fields=["person"], condition=models.Q(read_at__isnull=True), name="notice_unread")]

    def __str__(self) -> str:
        return self.text_en
