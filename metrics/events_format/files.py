"""From bytes to records: which form a file has, in which encoding, and what is refused before it is read."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from metrics.events_format.documents import lines_of_items, read_text
from metrics.events_format.entries import Terms
from metrics.events_format.faults import Fault, Faults, Place
from metrics.events_format.readings import Readings
from metrics.events_format.tables import FILES, read_tables, table_of_head

EMPTY = _("The file is empty.")
NOT_UTF8 = _("The text is not in UTF-8. Save the file anew as UTF-8.")
UTF16 = _("The text is in UTF-16. Save the file anew as UTF-8.")
BINARY = _("This is no text file. Expected JSON, JSON Lines or CSV.")
STRANGE_CSV = _("Neither its name nor its first row tells what this file holds. Give it one of these names: %(names)s.")
SECOND_CSV = _("This is a second file of the kind %(name)s. Join them, or upload one after the other.")
EMPTY_FOLDER = _("No file of delivery events is in this folder. Expected: %(names)s.")


class _Unreadable(Exception):
    """Why the bytes are no text."""


def read_files(contents: dict[str, bytes], terms: Terms | None = None) -> Readings:
    """The records of one file of JSON or of the CSV files together: name → bytes."""
    terms, joined, tables = terms or Terms(), Readings(), _Tables()
    for name, content in contents.items():
        try:
            text = decode(content)
        except _Unreadable as error:
            joined.faults.add(Place(name), error.args[0])
            continue
        if name.lower().endswith(".csv"):
            tables.add(name, text, joined.faults)
        else:
            joined.extend(read_text(text, Place(name), terms))
    if tables.texts:
        joined.extend(read_tables(tables.texts, terms))
    return joined


@dataclass
class _Tables:
    """CSV files by what they hold; of each kind one."""

    texts: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, text: str, faults: Faults) -> None:
        table = table_name(name) or table_of_head(text)
        if not table:
            faults.add(Place(name), STRANGE_CSV, names=", ".join(FILES))
        elif table in self.texts:
            faults.add(Place(name), SECOND_CSV, name=table)
        else:
            self.texts[table] = text


def table_name(name: str) -> str:
    """The name in FILES of a CSV file, whatever is written before it, for example 2026-04 deployments.csv; else empty."""
    lower = name.lower()
    fitting = [each for each in FILES if lower == each or lower.endswith(tuple(f"{mark}{each}" for mark in " -_."))]
    return max(fitting, key=len, default="")


def decode(content: bytes) -> str:
    """Text of UTF-8, with or without its mark at the beginning."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _Unreadable(UTF16)
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        raise _Unreadable(EMPTY)
    if b"\x00" in content or content[:2] == b"PK":
        raise _Unreadable(BINARY)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Unreadable(NOT_UTF8) from error


def read_path(path: Path, terms: Terms | None = None) -> tuple[Readings, dict[str, bytes]]:
    """The records of a file, or of a folder with the CSV files, and the bytes they were read from. Raises OSError."""
    if not path.is_dir():
        contents = {path.name: path.read_bytes()}
    else:
        contents = {name: (path / name).read_bytes() for name in FILES if (path / name).is_file()}
    if contents:
        return read_files(contents, terms), contents
    faults = Faults()
    faults.add(Place(path.name), EMPTY_FOLDER, names=", ".join(FILES))
    return Readings([], faults), contents


def located(faults: Faults, contents: dict[str, bytes]) -> list[Fault]:
    """The faults, each with the line its record begins on, also where the file is one JSON document of many lines."""
    lines = {
        name: lines_of_items(decode(contents[name]))
        for name in {each.place.file for each in faults.kept if "[" in each.place.path and each.place.line is None}
        if name in contents and b"\n" in contents[name].strip()
    }
    return [_located(fault, lines.get(fault.place.file, {})) for fault in faults.kept]


def _located(fault: Fault, lines: dict[str, int]) -> Fault:
    if fault.place.line is not None:
        return fault
    record = fault.place.path.partition("]")[0] + "]"
    return replace(fault, place=replace(fault.place, line=lines.get(record)))
