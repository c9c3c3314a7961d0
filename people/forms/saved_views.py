"""The small form by which a list's filters get a name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import SavedView


class SavedViewForm(forms.Form):
    """`page` and `query` come from the list; `back` is where the reader stood."""

    name = forms.CharField(label=_("Name of the view"), max_length=SavedView._meta.get_field("name").max_length)
    is_shared = forms.BooleanField(label=_("Shared with my department"), required=False)
    is_default = forms.BooleanField(label=_("Open this list with it"), required=False)
    page = forms.SlugField(max_length=SavedView._meta.get_field("page").max_length, widget=forms.HiddenInput)
    query = forms.CharField(
        max_length=SavedView._meta.get_field("query").max_length, required=False, widget=forms.HiddenInput
    )
    back = forms.CharField(max_length=300, widget=forms.HiddenInput)
