"""Write what a brief says to the live rows it speaks of: the product, its services, applications and repositories."""

from typing import Any

from people.models import Person
from products import events
from products.brief.drafts import REPOSITORY, drafted
from products.models import ApplicationManaged, Product, RequirementsRepository, ServiceEnabled
from products.models.product import ProductLink
from products.states import BriefSectionCode
from records.trail import record
from records.writing import remove, save


def apply_to_live(product: Product, *, by: Person) -> None:
    """Bring the live rows of `product` in line with the drafted sections; only inside the act that publishes."""
    sections = drafted(product)
    own, places = sections[BriefSectionCode.PRODUCT], sections[BriefSectionCode.PLACES]
    fresh = Product.objects.get(pk=product.pk)
    for name in ("name_en", "name_fr", "summary_en", "summary_fr"):
        setattr(fresh, name, own[name])
    fresh.paper_mou_location = places["mou_location"] if places["mou"] == "paper" else ""
    changes = save(fresh, by=by)
    changes |= _links(ServiceEnabled, "service_id", product, own["services"], by)
    changes |= _links(ApplicationManaged, "application_id", product, places["applications"], by)
    changes |= _repositories(product, places["repositories"], by)
    if changes:
        record(events.PRODUCT_CHANGED, on=fresh, by=by, changes=changes)


def _links(
    model: type[ProductLink], field: str, product: Product, wanted: list[str], by: Person
) -> dict[str, list[Any]]:
    rows = {str(getattr(row, field)): row for row in model._default_manager.filter(product=product)}
    for key in rows.keys() - set(wanted):
        remove(rows[key], by=by)
    for key in sorted(set(wanted) - rows.keys()):
        save(model(product=product, **{field: key}), by=by)
    return {model.__name__: [sorted(rows), sorted(wanted)]} if rows.keys() != set(wanted) else {}


def _repositories(product: Product, wanted: list[dict[str, str]], by: Person) -> dict[str, list[Any]]:
    rows = list(RequirementsRepository.objects.filter(product=product))
    before = [{name: getattr(row, name) for name in REPOSITORY} for row in rows]
    if before == wanted:
        return {}
    for row in rows[len(wanted) :]:
        remove(row, by=by)
    rows += [RequirementsRepository(product=product) for _extra in wanted[len(rows) :]]
    for position, (row, values) in enumerate(zip(rows, wanted, strict=False)):
        row.position = position
        for name in REPOSITORY:
            setattr(row, name, values.get(name, ""))
        save(row, by=by)
    return {"repositories": [before, wanted]}
