"""The five boards of each department and who sits on them, from the data files."""

from datetime import date

from governance.actions.boards import register_board, seat_person
from governance.models import BoardType, Seat
from portfolio.demonstration.reading import Row, day, moment, read, rows
from portfolio.demonstration.world import BEGINNING, Place, World
from records import clock

BOARD = ("key", "type", "acronym")
SEAT = ("board", "role", "person", "instead_of", "starts", "ends", "en", "fr")


def build_boards(world: World) -> None:
    """Register the boards of both departments and seat everybody, those of earlier days too."""
    types = {each.code: each for each in BoardType.objects.all()}
    with clock.at(moment(BEGINNING, 12)):
        for code, place in world.places.items():
            told = read(f"boards_{code}")
            for row in rows(told["boards"], *BOARD):
                place.boards[row["key"]] = register_board(
                    type=types[row["type"]], department=place.department, acronym=row["acronym"], by=world.admin
                )
            _seats(world, place, told["seats"])


def _seats(world: World, place: Place, told: str) -> None:
    taken: dict[tuple[str, str], Seat] = {}
    for row in rows(told, *SEAT):
        taken[row["board"], row["person"]] = _seat(world, place, row, taken)


def _seat(world: World, place: Place, row: Row, taken: dict[tuple[str, str], Seat]) -> Seat:
    return seat_person(
        board=place.boards[row["board"]],
        role=row["role"],
        person=world.people[row["person"]],
        alternate_for=taken[row["board"], row["instead_of"]] if row["instead_of"] else None,
        starts_on=date.fromisoformat(row["starts"]),
        ends_on=day(row["ends"]),
        name_en=row["en"],
        name_fr=row["fr"],
        by=world.admin,
    )
