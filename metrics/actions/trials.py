"""Products made for a trial: a file of delivery events is tried before anybody has registered its products (dora.md §6)."""

import re

from django.utils.translation import gettext_noop

from metrics.actions.settings import change_settings, ensure_settings
from people.actions.organisation import register_branch, register_department
from people.models import Branch, Department
from people.permissions import Verdict, require
from products import events
from products.models import Product
from products.states import Level
from records.actors import Actor, SystemActor
from records.acts import act
from records.trail import record
from records.writing import save

CODE = "TRIALS"
LONGEST = 30
# A trial has no team that could approve a late restatement, so its months are always restated alone: for a hundred years.
ALONE = 1_200


@act
def register_for_trial(*, key: str, by: Actor) -> Product:
    """Register a product for a key nobody knows, in the department of trials. Only the system does, asked by its operator.

    The code is made from the key (`flask@Pacific/Auckland` becomes FLASK-PACIFIC-AUCKLAND); the settings keep the key.
    """
    reason = gettext_noop("The system registers products for a trial; people register them in the inventory.")
    require(Verdict(isinstance(by, SystemActor), reason, by=by))
    branch = _branch(by)
    product = Product(
        code=_free_code(key),
        name_en=key,
        name_fr=key,
        level=Level.DEPARTMENTAL,
        department=branch.department,
        sponsoring_branch=branch,
    )
    record(events.PRODUCT_REGISTERED, on=product, by=by, changes=save(product, by=by))
    ensure_settings(product=product, by=by)
    change_settings(product=product, by=by, key=key, restates_alone_for=ALONE)
    return product


def _branch(by: Actor) -> Branch:
    """The one branch of the department of trials; both are made with the first product."""
    department = Department.objects.filter(code=CODE).first() or register_department(
        code=CODE, name_en="Trials", name_fr="Essais", by=by
    )
    return Branch.objects.filter(department=department, acronym=CODE).first() or register_branch(
        department=department, acronym=CODE, name_en="Trials", name_fr="Essais", by=by
    )


def code_for(key: str) -> str:
    """A valid code made from a key."""
    made = re.sub(r"[^A-Z0-9]+", "-", key.upper()).strip("-")[:LONGEST].rstrip("-")
    return made if len(made) > 1 else f"TRIAL-{made}".rstrip("-")


def _free_code(key: str) -> str:
    made = code_for(key)
    taken = set(Product.objects.filter(code__startswith=made[: LONGEST - 4]).values_list("code", flat=True))
    numbered = (f"{made[: LONGEST - 1 - len(str(number))]}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (made, *numbered) if code not in taken)
