"""Find the product of an address: one that this person may not see is as absent as one that never was (404)."""

from django.http import Http404, HttpRequest

from products.models import Product
from products.models.product import ProductQuerySet


def visible_product(request: HttpRequest, code: str, among: ProductQuerySet | None = None) -> Product:
    """The product with `code` if the signed-in person sees it. Raises Http404 otherwise."""
    products = (among if among is not None else Product.objects.all()).visible_to(request.user)
    found = (
        products.filter(code=code)
        .select_related("department", "sponsoring_branch", "portfolio", "parent", "head", "autonomy_level")
        .first()
    )
    if found is None:
        raise Http404
    return found


def visible_head(request: HttpRequest, code: str) -> Product:
    """As `visible_product`, for what only the head of a family has. Raises Http404 for a member."""
    product = visible_product(request, code)
    if not product.is_head:
        raise Http404
    return product
