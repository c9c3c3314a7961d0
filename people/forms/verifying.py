"""Ask whether a sealed document is genuine."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.seals.verdicts import LONGEST


class TextForm(forms.Form):
    """By what is printed on it, or by the hash of the file."""

    q = forms.CharField(
        label=gettext_lazy("Number or SHA-256"),
        max_length=LONGEST,
        help_text=gettext_lazy("As printed on the document, for example GH-7KQM-2XWP-9DRA."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class FileForm(forms.Form):
    """By the file itself."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("The file is compared and then forgotten. It is neither kept nor opened."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
        allow_empty_file=True,
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_MOST_BYTES:
            raise ValidationError(
                _("The file is larger than %(limit)d MB, so it is not one of ours.")
                % {"limit": settings.UPLOAD_MOST_BYTES // 1_000_000}
            )
        return file
