"""In which sections each thing that is entered once shows: an amendment changes it only where it opens one of them."""

from governance.mou_states import MouSection as S
from governance.mou_states import OfficialRole

SECTIONS_OF: dict[str, tuple[S, ...]] = {
    "program": (S.RECITALS, S.REFERENCES, S.FEES),
    "autonomy_level": (S.AUTHORITIES,),
    "first_year": (S.DURATION, S.FEES),
    "last_year": (S.DURATION, S.FEES),
    "commences_on": (S.DURATION,),
    "ends_on": (S.DURATION,),
    "review_cycle": (S.DURATION,),
    "review_on": (S.DURATION,),
    "signing_order": (S.SIGNATORIES,),
}
TERMS = (*SECTIONS_OF, "change_en", "change_fr")
OFFICIAL_SECTION = {OfficialRole.DESIGNATED: S.OFFICIALS, OfficialRole.SIGNATORY: S.SIGNATORIES}
