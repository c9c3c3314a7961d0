"""Files that are no inventory, or try to exhaust the reader: each is refused in words, quickly, and nothing is written."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from people.spreadsheets.files import MOST_COLUMNS, MOST_PROBLEMS, check_kind, read
from people.spreadsheets.problems import Unreadable
from people.states import ImportState
from portfolio.actions.imports import check_inventory, upload_inventory
from portfolio.models import InventoryImport
from products.models import Product

HEAD = ["code", "name_en", "name_fr", "level", "orientation"]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>%s</sheetData></worksheet>'
ENTITIES = f"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;&x;">]><worksheet xmlns="{MAIN}">
<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&z;</t></is></c></row></sheetData></worksheet>"""


def book(*rows):
    made, out = Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(out)
    return out.getvalue()


def with_part(name, content):
    """A sound workbook in which one part is replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(HEAD))) as sound, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for each in sound.namelist():
            packed.writestr(each, content if each == name else sound.read(each))
    return out.getvalue()


def sheet(rows):
    return with_part("xl/worksheets/sheet1.xml", SHEET % rows)


def corrupted(content):
    middle = content.index(b"xl/worksheets/sheet1.xml") + 60
    return content[:middle] + b"\xff" * 40 + content[middle + 40 :]


HOSTILE = {
    "a row at the end of the world": lambda: sheet('<row r="99999999999"><c r="A1"><v>1</v></c></row>'),
    "a row below nothing": lambda: sheet('<row r="-5"><c r="A-5"><v>1</v></c></row>'),
    "rows without end": lambda: sheet("<row/>" * 25_000),
    "a column that is none": lambda: sheet('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>'),
    "a word that is not in the list": lambda: sheet('<row r="1"><c r="A1" t="s"><v>999999</v></c></row>'),
    "a number without end": lambda: sheet(f'<row r="1"><c r="A1"><v>{"9" * 100_000}</v></c></row>'),
    "a day that is none": lambda: sheet('<row r="1"><c r="A1" t="d"><v>9999-99-99</v></c></row>'),
    "an unclosed cell": lambda: sheet('<row r="1"><c'),
    "entities": lambda: with_part("xl/worksheets/sheet1.xml", ENTITIES),
    "no sheet": lambda: with_part("xl/workbook.xml", f'<workbook xmlns="{MAIN}"><sheets/></workbook>'),
    "damaged bytes": lambda: corrupted(book(HEAD, *[["x" * 50] * 5] * 50)),
    "another archive": lambda: with_part("xl/workbook.xml", "hello"),
    "only a signature": lambda: b"PK\x03\x04" + b"x" * 100,
    "a picture": lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "an old workbook": lambda: b"\xd0\xcf\x11\xe0" + b"x" * 100,
    "nothing": lambda: b"",
    "NUL in text": lambda: b"code\nA\x00B\n",
    "UTF-16": lambda: "code,name_en\nA,b\n".encode("utf-16"),
    "an open quotation mark": lambda: b'code\n"A\n',
    "a cell of 200,000": lambda: b"code\n" + b"a" * 200_000,
    "10,001 rows": lambda: b"code\n" + b"a\n" * 10_001,
}


def taken(content):
    """As an upload is taken: looked at by the page, then read by the job."""
    check_kind(content)
    return read(content)


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_file_is_refused_in_words(what):
    with pytest.raises(Unreadable) as refused:
        taken(HOSTILE[what]())
    assert all(refused.value.message)


@pytest.mark.parametrize("content", [b"code\n" + b",=1" * 100_000, b"code\n" + b"=1,=1,=1\n" * 4_000])
def test_a_file_of_formulas_is_not_told_without_end(content):
    table = read(content)
    assert 0 < len(table.problems) <= MOST_PROBLEMS
    assert max(int(each.column) for each in table.problems) < MOST_COLUMNS


def test_formulas_of_a_workbook_are_named_by_place():
    table = read(book(HEAD, *[["=1+1"] * 5 for _row in range(100)]))
    assert len(table.problems) == 500
    assert (table.problems[0].row, table.problems[0].column, table.problems[0].cell) == (2, "0", "=1+1")


def test_sixteen_thousand_columns_are_read_to_the_last_that_counts():
    assert len(read(book([f"c{number}" for number in range(16_000)])).rows[0][1]) == MOST_COLUMNS


@pytest.mark.django_db
def test_import_of_a_hostile_workbook_ends_refused_and_writes_nothing(cast):
    content, before = HOSTILE["a row at the end of the world"](), Product.objects.count()
    by = cast.portfolio_manager
    made = upload_inventory(department=cast.department, file_name="\u202egnp.xlsx", content=content, by=by)
    done = check_inventory(inventory=made, by=by)
    assert done.state == ImportState.REFUSED
    assert Product.objects.count() == before


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("empty.csv", b"", 422),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00", 422),
        ("large.csv", b"a" * (5 * 1024 * 1024 + 1), 413),
        ("../../" + "n" * 290 + ".csv", b"\x00", 422),
    ],
)
def test_upload_page_says_what_is_wrong(client_of, cast, name, content, status):
    file = io.BytesIO(content)
    file.name = name
    given = {"department": cast.department.pk, "file": file}
    answer = client_of("portfolio_manager").post("/en/inventory/import/", given)
    assert answer.status_code == status
    assert not InventoryImport.objects.exists()
