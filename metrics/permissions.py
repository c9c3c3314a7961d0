"""Who may do what with the measures of a product. Each verdict carries its reason; the table is in people.permissions."""

from typing import Any

from people.permissions import Verdict, may
from products.models import Product


def _over(person: Any, verb: str, product: Product) -> Verdict:
    return may(person, verb, product, **product.scopes())


def may_see_sources(person: Any, product: Product) -> Verdict:
    return _over(person, "see_sources", product)


def may_connect_source(person: Any, product: Product) -> Verdict:
    return _over(person, "connect_source", product)


def may_upload_deliveries(person: Any, product: Product) -> Verdict:
    return _over(person, "upload_deliveries", product)


def may_correct_delivery(person: Any, product: Product) -> Verdict:
    return _over(person, "correct_delivery", product)


def may_declare_month(person: Any, product: Product) -> Verdict:
    return _over(person, "declare_month", product)


def may_approve_restatement(person: Any, product: Product) -> Verdict:
    return _over(person, "approve_restatement", product)


def may_set_measures(person: Any, product: Product) -> Verdict:
    return _over(person, "set_measures", product)


def may_keep_kpis(person: Any, product: Product) -> Verdict:
    return _over(person, "keep_kpis", product)
