"""The events of the risk register in sentences."""

from django.utils.translation import gettext_lazy as _

from portfolio.trail.sentence import Sentence
from portfolio.trail.sentence import Topic as T

RISKS: dict[str, Sentence] = {
    "risk raised": Sentence(T.RISK, _("%(who)s raised the risk %(what)s"), draft=True),
    "risk changed": Sentence(T.RISK, _("%(who)s changed the risk %(what)s"), draft=True),
    "risk scored": Sentence(T.RISK, _("%(who)s scored the risk %(what)s anew"), draft=True),
    "risk reviewed": Sentence(T.RISK, _("%(who)s reviewed the risk %(what)s"), draft=True),
    "risk became an issue": Sentence(T.RISK, _("%(who)s noted that the risk %(what)s became an issue"), draft=True),
    "risk closed": Sentence(T.RISK, _("%(who)s closed the risk %(what)s"), draft=True),
    "risk reopened": Sentence(T.RISK, _("%(who)s reopened the risk %(what)s"), draft=True),
    "activity against a risk added": Sentence(T.RISK, _("%(who)s planned against a risk: %(what)s"), draft=True),
    "activity against a risk changed": Sentence(
        T.RISK, _("%(who)s changed an activity against a risk: %(what)s"), draft=True
    ),
    "activity against a risk moved on": Sentence(
        T.RISK, _("%(who)s noted how far an activity against a risk is: %(what)s"), draft=True
    ),
    "risk accepted": Sentence(T.RISK, _("%(who)s accepted a risk: %(what)s"), draft=True),
    "acceptance of a risk ended": Sentence(T.RISK, _("%(who)s ended the acceptance of a risk: %(what)s"), draft=True),
    "risk not accepted by a board": Sentence(
        T.RISK, _("%(who)s noted that a board does not accept the risk %(what)s"), draft=True
    ),
    "risk register uploaded": Sentence(T.RISK, _("%(who)s uploaded a risk register: %(what)s"), draft=True),
    "risk register checked": Sentence(T.RISK, _("%(who)s had a risk register checked: %(what)s"), draft=True),
    "import of a risk register confirmed": Sentence(
        T.RISK, _("%(who)s confirmed the import of a risk register: %(what)s"), draft=True
    ),
    "risk register imported": Sentence(T.RISK, _("%(who)s imported a risk register: %(what)s"), draft=True),
    "import of a risk register refused": Sentence(
        T.RISK, _("%(who)s could not import a risk register: %(what)s"), draft=True
    ),
    "rule of the risk register set": Sentence(T.RISK, _("%(who)s set a rule of the risk register: %(what)s")),
}
