"""Upload an inventory."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.forms.imports import FileForm
from people.models import Department


class UploadForm(FileForm):
    """One file for one of the departments this person may import for."""

    department = forms.ModelChoiceField(Department.objects.none(), label=_("Department"), empty_label=None)
    field_order = ["department", "file"]

    def __init__(self, *args: Any, departments: "QuerySet[Department]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments
