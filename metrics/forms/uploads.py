"""Upload files of delivery events: one JSON file, or up to four CSV files that belong together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.events_format.fields import printable
from metrics.importing.uploads import MOST_BYTES
from people.editing import PairedForm

MOST_FILES = 4


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in one field; each is checked as a single one would be."""

    widget = FilesInput(attrs={"multiple": True, "accept": ".json,.jsonl,.ndjson,.csv"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in given or [None]]


class DeliveryUploadForm(PairedForm):
    """`contents` after validation: name → bytes."""

    files = FilesField(
        label=_("Files"),
        allow_empty_file=True,
        help_text=_("JSON, JSON Lines, or the CSV files that belong together; at most 5 MB in all."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = False

    def clean_files(self) -> list[Any]:
        files = self.cleaned_data["files"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Choose at most %(most)s files at once.") % {"most": MOST_FILES})
        if sum(file.size for file in files) > MOST_BYTES:
            self.too_large = True
            raise forms.ValidationError(_("The files are larger than 5 MB together. Upload them in parts."))
        if len({printable(file.name, 100) for file in files}) < len(files):
            raise forms.ValidationError(_("Two of the files have the same name."))
        return files

    @property
    def contents(self) -> dict[str, bytes]:
        return {printable(file.name, 100): file.read() for file in self.cleaned_data["files"]}
