"""The fields of people's forms, as the forms of the product floors know them."""

from people.forms.fields import MOST_SUGGESTED, DayField, PersonField, suggested_people

__all__ = ["MOST_SUGGESTED", "DayField", "PersonField", "suggested_people"]
