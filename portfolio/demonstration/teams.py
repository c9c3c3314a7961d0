"""Tell a team and its brief: positions, bodies, repositories, versions published and confirmed over three years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from people.models import Person
from portfolio.demonstration.products import ROLES, registered_on
from portfolio.demonstration.reading import Row, day, read, rows
from portfolio.demonstration.timeline import Timeline
from portfolio.demonstration.world import Place, World
from products.actions.briefs import confirm_brief, publish_brief, save_section
from products.actions.governance import Seat, add_body, add_facing
from products.actions.stages import add_stage, use_in_stage
from products.actions.structure import add_position, change_position
from products.brief.drafts import drafted
from products.models import BriefSection, BriefVersion, GovernanceBody, Position, Product

POSITION = (
    *("key", "number", "title_en", "title_fr", "branch", "above", "holder", "share", "skills_en", "skills_fr"),
    *("since", "vacant"),
)
BODY = ("key", "kind", "name_en", "name_fr", "above", "chair", "members", "terms", "delegated_en", "delegated_fr")
VERSION = ("on", "who", "note")
FIRST_DAY = "2023-09-11"


@dataclass
class TeamStory:
    """Adds the acts around one team to the timeline."""

    world: World
    place: Place
    told: dict[str, Any]
    team: dict[str, Any]
    timeline: Timeline

    def __post_init__(self) -> None:
        self.product: Product = self.world.products[self.told["code"]]
        self.keys: dict[str, Any] = {}
        self.since = registered_on(self.told)

    def person(self, role: str) -> Person:
        """Who holds a role, else the Product Manager, else the Head of Product."""
        team = self.world.teams[self.told["code"]]
        return self.world.people[next(team[each] for each in (role, "pm", "head") if each in team)]

    def tell(self) -> None:
        """Add every act: structure, governance, facing, value stream, brief."""
        for row in rows(self.team["positions"], *POSITION):
            self._position(row)
        founded = self.since + timedelta(days=14)
        for row in rows(self.team["bodies"], *BODY):
            self.timeline.add(founded, self.person("pm"), partial(self._body, row))
        for row in rows(self.team["facing"], "role", "en", "fr"):
            self.timeline.add(founded, self.person("pm"), partial(self._facing, row))
        for row in rows(self.team.get("stages", ""), "en", "fr", "used"):
            self.timeline.add(founded, self.person("pm"), partial(self._stage, row))
        for number, row in enumerate(rows(self.team["versions"], *VERSION), start=1):
            on, by = date.fromisoformat(row["on"]), self.person(row["who"])
            self.timeline.add(on - timedelta(days=3), self.person("pm"), partial(self._draft, number))
            self.timeline.add(on, by, partial(self._publish, by, row["note"]))
        for on in self.team["confirmed"].split():
            self.timeline.add(date.fromisoformat(on), self.person("head"), self._confirm)

    # Structure ------------------------------------------------------------------------------------------------------

    def _position(self, row: Row) -> None:
        """A position that is vacant now was held by nobody we name until then; the vacancy is entered on its day."""
        starts = max(date.fromisoformat(row["since"] or FIRST_DAY), self.since)
        entered = starts + timedelta(days=7)
        self.timeline.add(entered, self.person("pm"), lambda: self._add_position(row, starts))
        vacant = day(row["vacant"])
        if vacant and vacant > entered:
            self.timeline.add(vacant, self.person("pm"), lambda: self._vacate(row["key"], vacant))

    def _add_position(self, row: Row, starts: date) -> None:
        above = Position.objects.get(pk=self.keys[f"position {row['above']}"]) if row["above"] else None
        made = add_position(
            product=self.product,
            by=self.person("pm"),
            starts_on=starts,
            number=row["number"],
            title_en=row["title_en"],
            title_fr=row["title_fr"],
            branch=self.place.branches[row["branch"]],
            reports_to=above,
            holder=self.world.people[row["holder"]] if row["holder"] else None,
            share_of_time=int(row["share"]),
            skills_en=row["skills_en"],
            skills_fr=row["skills_fr"],
        )
        self.keys[f"position {row['key']}"] = made.pk

    def _vacate(self, key: str, since: date) -> None:
        position = Position.objects.select_related("product").get(pk=self.keys[f"position {key}"])
        change_position(position=position, holder=None, vacant_since=since, by=self.person("pm"))

    # Governance -----------------------------------------------------------------------------------------------------

    def _body(self, row: Row) -> None:
        above = GovernanceBody.objects.get(pk=self.keys[f"body {row['above']}"]) if row["above"] else None
        seats = [self._seat(row["chair"], is_chair=True)] if row["chair"] else []
        seats += [self._seat(word) for word in row["members"].split()]
        made = add_body(
            product=self.product,
            by=self.person("pm"),
            starts_on=self.since,
            members=seats,
            kind=row["kind"],
            name_en=row["name_en"],
            name_fr=row["name_fr"],
            terms_of_reference=row["terms"],
            delegated_en=_lines(row["delegated_en"]),
            delegated_fr=_lines(row["delegated_fr"]),
            reports_to=above,
        )
        self.keys[f"body {row['key']}"] = made.pk

    def _seat(self, word: str, *, is_chair: bool = False) -> Seat:
        if word in ROLES.values():
            return Seat(role=word, is_chair=is_chair)
        return Seat(person=self.world.people[word], is_chair=is_chair)

    def _facing(self, row: Row) -> None:
        words = {"name_en": row["en"], "name_fr": row["fr"]}
        add_facing(product=self.product, role=row["role"], by=self.person("pm"), **words)

    def _stage(self, row: Row) -> None:
        stage = add_stage(product=self.product, name_en=row["en"], name_fr=row["fr"], by=self.person("pm"))
        for code in row["used"].split():
            use_in_stage(stage=stage, used=self.world.products[code], by=self.person("pm"))

    # Brief ----------------------------------------------------------------------------------------------------------

    def _draft(self, number: int) -> None:
        """Save the sections that change with a version: repositories as they come, the notes with the first and last."""
        last = len(list(rows(self.team["versions"], *VERSION)))
        known = [
            {"name_en": row["en"], "name_fr": row["fr"], "address": row["address"]}
            for row in rows(self.team["repositories"], "en", "fr", "address", "version")
            if int(row["version"] or 1) <= number
        ]
        self._save("places", {"repositories": known})
        notes = {f"{part}_{tongue}": self.team[f"{name}_{tongue}"] for part, name in NOTES for tongue in ("en", "fr")}
        if number == 1:
            self._save("organisation", {name: text for name, text in notes.items() if name.startswith("structure")})
            self._save("product", {})
        if number == min(2, last):
            self._save("organisation", notes)
        if number == last:
            self._save("roles", {f"cover_{tongue}": self.team[f"cover_{tongue}"] for tongue in ("en", "fr")})

    def _save(self, code: str, content: dict[str, Any]) -> None:
        row = BriefSection.objects.filter(product=self.product, code=code).first()
        current = drafted(Product.objects.get(pk=self.product.pk))[code]
        save_section(
            product=self.product,
            code=code,
            content={**current, **content},
            is_declared_complete=True,
            by=self.person("pm"),
            expected=row.version if row else 0,
        )

    def _publish(self, by: Person, note: str) -> None:
        seen = BriefVersion.objects.filter(product=self.product).values_list("number", flat=True).first() or 0
        publish_brief(product=Product.objects.get(pk=self.product.pk), by=by, seen=seen, note=note)

    def _confirm(self) -> None:
        confirm_brief(
            product=Product.objects.select_related("department").get(pk=self.product.pk), by=self.person("head")
        )


NOTES = (("structure", "note"), ("governance", "governance"))


def _lines(text: str) -> str:
    """One decision a line."""
    return "\n".join(part.strip() for part in text.split(";"))


def ordinary_team(world: World, told: dict[str, Any], extra: dict[str, Any]) -> dict[str, Any]:
    """What most teams have: a position for each role, three bodies, two repositories; `extra` brings its own beside them."""
    usual, code = read("teams_ordinary"), told["code"]
    home = code in {each["code"] for each in read("products_dws")["products"]}
    values = {"code": code, "low": code.lower(), "en": told["name_en"], "fr": told["name_fr"]}
    bodies = usual["bodies"].format(**values, adviser="dg_it" if home else "dg_hav")
    return {
        **usual,
        "positions": "\n".join([*_role_positions(world, told, usual["positions"]), extra.get("extra", "")]),
        "bodies": bodies + _own_body(extra.get("body", "")),
        "repositories": usual["repositories"].format(**values),
        **{name: text for name, text in extra.items() if name not in ("extra", "body")},
    }


def _role_positions(world: World, told: dict[str, Any], table: str) -> Iterator[str]:
    columns = ("role", "branch", "key", "en", "fr", "above", "share")
    team = world.teams[told["code"]]
    for at, row in enumerate(rows(table, *columns), start=1):
        if row["role"] in team:
            branch = "it" if row["branch"] == "it" else told["branch"]
            number = f"{told['code'][:4]}-{at:02d}"
            words = [row["key"], number, row["en"], row["fr"], branch, row["above"], team[row["role"]], row["share"]]
            yield " | ".join(words)


def _own_body(text: str) -> str:
    if not text:
        return ""
    english, french, decides, decide = (part.strip() for part in text.split("|"))
    members = "product_owner | product_manager it_manager"
    return f"own | working_group | {english} | {french} | group | {members} | | {decides} | {decide}"
