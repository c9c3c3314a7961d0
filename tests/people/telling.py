"""One act that tells, for the tests of notices and mail."""

from people.actions.notices import tell_people
from records.acts import act

RAISED, ROLE = "demand.raised", "role.given"  # by default in the digest, at once


@act
def _tell(*, by, **told):
    tell_people(by=by, **told)


def said(cast, *, people, kind=RAISED, text_en="Something", text_fr="Quelque chose", path="/en/products/JSA/", **more):
    _tell(
        **{"by": cast.cio, "people": people, "kind": kind, "text_en": text_en, "text_fr": text_fr, "path": path, **more}
    )
