"""Upload a spreadsheet, and confirm what it would change."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.editing import PairedForm
from people.spreadsheets.files import MOST_BYTES


class FileForm(PairedForm):
    """One file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX or CSV, at most 5 MB and 10,000 rows. Columns may have English or French heads."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = False

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            self.too_large = True
            raise forms.ValidationError(_("The file is larger than 5 MB. Split it, or leave out what is not needed."))
        return file


class ConfirmForm(PairedForm):
    """Says which state of the import the person has seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
