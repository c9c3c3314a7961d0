"""What the four sections hold: the team's draft laid over what is live (ux.md A3).

A section's content is a dict of plain values: texts in two languages, keys of services and applications, rows of
repositories. An empty draft means "as it is live", so that what the inventory changed meanwhile is not undone.
"""

from typing import Any

from products.models import ApplicationManaged, BriefSection, Product, RequirementsRepository, ServiceEnabled
from products.states import BriefSectionCode as S

Content = dict[str, Any]

TEXTS: dict[str, tuple[str, ...]] = {
    S.PRODUCT: ("name_en", "name_fr", "summary_en", "summary_fr"),
    S.ORGANISATION: ("structure_en", "structure_fr", "governance_en", "governance_fr"),
    S.PLACES: ("mou", "mou_location"),
    S.ROLES: ("cover_en", "cover_fr"),
}
LISTS: dict[str, tuple[str, ...]] = {S.PRODUCT: ("services",), S.PLACES: ("applications", "repositories")}
REPOSITORY = ("name_en", "name_fr", "address")
# Published with the brief and nowhere else: these stay in the draft, the others go to live rows and leave it.
ONLY_IN_BRIEF = (S.ORGANISATION, S.ROLES)


def live(product: Product) -> dict[str, Content]:
    """Every section as the live rows have it."""
    return {
        S.PRODUCT: {
            **{name: getattr(product, name) for name in TEXTS[S.PRODUCT]},
            "services": _keys(ServiceEnabled.objects.filter(product=product), "service_id"),
        },
        S.ORGANISATION: dict.fromkeys(TEXTS[S.ORGANISATION], ""),
        S.PLACES: {
            "mou": "paper" if product.paper_mou_location else "none",
            "mou_location": product.paper_mou_location,
            "applications": _keys(ApplicationManaged.objects.filter(product=product), "application_id"),
            "repositories": [
                {name: getattr(row, name) for name in REPOSITORY}
                for row in RequirementsRepository.objects.filter(product=product)
            ],
        },
        S.ROLES: dict.fromkeys(TEXTS[S.ROLES], ""),
    }


def drafted(product: Product, sections: dict[str, BriefSection] | None = None) -> dict[str, Content]:
    """Every section as the team has drafted it, else as it is live."""
    rows = sections if sections is not None else sections_of(product)
    return {
        code: {**content, **known(code, rows[code].content if code in rows else {})}
        for code, content in live(product).items()
    }


def sections_of(product: Product) -> dict[str, BriefSection]:
    """The drafts there are, by section."""
    return {row.code: row for row in BriefSection.objects.filter(product=product)}


def known(code: str, content: Content) -> Content:
    """Only the fields this section has."""
    names = (*TEXTS[code], *LISTS.get(code, ()))
    return {name: content[name] for name in names if name in content}


def _keys(rows: Any, field: str) -> list[str]:
    return sorted(str(key) for key in rows.values_list(field, flat=True))


def differing(mine: Content, theirs: Content) -> list[str]:
    """Names of the fields in which two contents of one section differ."""
    return [name for name in theirs if mine.get(name, theirs[name]) != theirs[name]]


def merged(mine: Content, theirs: Content, choices: dict[str, str], edited: Content) -> Content:
    """One content out of two: per field mine, theirs, both (lists) or what was edited; fields not chosen stay mine."""
    result = {**theirs, **mine}
    for name, choice in choices.items():
        if choice == "theirs":
            result[name] = theirs[name]
        elif choice == "both":
            result[name] = theirs[name] + [each for each in mine.get(name, []) if each not in theirs[name]]
        elif choice == "edit":
            result[name] = edited.get(name, result[name])
    return result
