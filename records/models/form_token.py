"""A form is sent once: its token is taken in the act's own transaction, so a second click finds the first result."""

from django.db import models
from django.db.models.functions import Now


class FormToken(models.Model):
    token = models.CharField(max_length=64, primary_key=True)
    location = models.TextField(default="")
    taken_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.token
