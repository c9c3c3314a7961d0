"""The two pictures of the brief, drawn from its canonical data in the reader's language."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.bilingual import other, reader
from products.charts.governance_diagram import (
    Body,
    Facing,
    GovernanceDiagram,
    GovernanceWords,
    Relation,
    draw_governance_diagram,
)
from products.charts.org_chart import Branch, OrgChart, OrgChartWords, Position, draw_org_chart


def said(pair: dict[str, str] | None) -> str:
    """The reader's text of a pair, else the other one."""
    if not pair:
        return ""
    return pair[reader()] or pair[other(reader())]


def structure_picture(
    content: dict[str, Any], *, max_width: float = 1200.0, max_height: float = 860.0
) -> OrgChart | None:
    """The org chart, or None without positions."""
    rows = content["structure"]["positions"]
    if not rows:
        return None
    positions = [
        Position(
            id=row["id"],
            title=said(row["title"]),
            branch=Branch(row["branch"]["acronym"], said(row["branch"]["name"])),
            number=row["number"],
            holder=row["holder"],
            vacant_since=row["vacant_since"],
            reports_to=row["reports_to"],
            share_of_time=row["share"] if row["share"] < 100 else None,
            roles=tuple(said(each) for each in row["roles"]),
        )
        for row in rows
    ]
    return draw_org_chart(
        positions, summary=structure_summary(content), words=_org_words(), max_width=max_width, max_height=max_height
    )


def governance_picture(
    content: dict[str, Any], *, max_width: float = 1200.0, max_height: float = 860.0
) -> GovernanceDiagram | None:
    """The governance diagram, or None without bodies."""
    rows, facing = content["governance"]["bodies"], content["governance"]["facing"]
    if not rows and not facing:
        return None
    bodies = [
        Body(
            id=row["id"],
            kind=row["kind"].replace("_", " "),
            name=said(row["name"]),
            terms=row["terms"],
            members=tuple(_member(each) for each in row["members"]),
            decisions=tuple(line.strip() for line in said(row["delegated"]).splitlines() if line.strip()),
        )
        for row in rows
    ]
    relations = [Relation(row["id"], row["reports_to"]) for row in rows if row["reports_to"]]
    return draw_governance_diagram(
        bodies,
        relations,
        [Facing(said(each["role"]), said(each["body"])) for each in facing],
        summary=governance_summary(content),
        words=_governance_words(),
        max_width=max_width,
        max_height=max_height,
    )


def structure_summary(content: dict[str, Any]) -> str:
    """What the org chart shows, in one sentence; also its accessible name."""
    rows = content["structure"]["positions"]
    vacant = sum(not row["holder"] for row in rows)
    branches = len({row["branch"]["acronym"] for row in rows})
    said_positions = ngettext("%(count)d position", "%(count)d positions", len(rows)) % {"count": len(rows)}
    said_branches = ngettext("%(count)d branch", "%(count)d branches", branches) % {"count": branches}
    said_vacant = (
        ngettext("%(count)d vacant", "%(count)d vacant", vacant) % {"count": vacant} if vacant else _("none vacant")
    )
    return _("Cross-organisational structure: %(positions)s from %(branches)s, %(vacant)s.") % {
        "positions": said_positions,
        "branches": said_branches,
        "vacant": said_vacant,
    }


def governance_summary(content: dict[str, Any]) -> str:
    """What the governance diagram shows, in one sentence."""
    bodies, facing = len(content["governance"]["bodies"]), len(content["governance"]["facing"])
    return _("Governance structure: %(bodies)s, %(facing)s.") % {
        "bodies": ngettext("%(count)d body", "%(count)d bodies", bodies) % {"count": bodies},
        "facing": ngettext("%(count)d corporate body faced", "%(count)d corporate bodies faced", facing)
        % {"count": facing},
    }


def _member(member: dict[str, Any]) -> str:
    return _("%(who)s (chair)") % {"who": said(member["who"])} if member["chair"] else said(member["who"])


def _org_words() -> OrgChartWords:
    return OrgChartWords(
        vacant=_("Vacant"),
        vacant_since=_("Vacant since {since}"),
        share=_("{percent}% of time"),
        key_role=_("Role in the product team"),
        key_vacant=_("Vacant position"),
    )


def _governance_words() -> GovernanceWords:
    return GovernanceWords(
        corporate_bodies=_("Corporate bodies"),
        committee=_("Committees"),
        product_group=_("Product groups"),
        working_group=_("Working groups"),
        operations=_("Operations"),
        terms=_("Terms of reference"),
        members_count=_("Members: {count}"),
        decisions_count=_("Delegated decisions: {count}"),
        key_reports=_("Reports to"),
        key_escalates=_("Escalates to"),
        key_decision=_("Delegated decision"),
        key_faces=_("Role facing a corporate body"),
    )
