"""The summary of what is wrong on a page (ux.md B)."""

from django import forms

from people.templatetags.pages import problems


class Accepting(forms.Form):
    read = forms.BooleanField(label="I have read it.", error_messages={"invalid": "Tick it", "required": "Tick it"})
    day = forms.DateField(label="Day")


def test_a_field_is_named_unless_its_label_is_a_whole_sentence():
    form = Accepting({"day": "no day"})
    form.fields["read"].error_messages["invalid"] = form.fields["read"].error_messages["required"]
    assert [each["text"] for each in problems(form)] == ["Tick it", "Day: enter a valid date."]
