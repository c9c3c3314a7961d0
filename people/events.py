"""Audit event names of this floor."""

from django.utils.translation import gettext_noop as _

PERSON_INVITED = _("person invited")
PERSON_CHANGED = _("person changed")
PERSON_EMAIL_CHANGED = _("e-mail address changed")
PERSON_INVITED_AGAIN = _("invitation sent again")
PERSON_DEACTIVATED = _("person deactivated")
PERSON_REACTIVATED = _("person reactivated")
PERSON_APPOINTED = _("person appointed")
APPOINTMENT_ENDED = _("appointment ended")
DEPARTMENT_REGISTERED = _("department registered")
DEPARTMENT_CHANGED = _("department changed")
BRANCH_REGISTERED = _("branch registered")
BRANCH_CHANGED = _("branch changed")
REFERENCE_ADDED = _("reference entry added")
REFERENCE_CHANGED = _("reference entry changed")
PASSWORD_CHOSEN = "password chosen"  # noqa: S105 - the name of an event
LANGUAGE_CHOSEN = _("language chosen")
SESSION_ENDED = _("session ended")
VIEW_SAVED = _("view saved")
VIEW_DELETED = _("view deleted")
VIEW_CHOSEN = _("view chosen for opening")
JOB_RETRIED = _("job tried again")
MAIL_CHOSEN = _("notices and mail chosen")
