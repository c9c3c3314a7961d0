"""Bind annexes behind a document: one file, one outline, one structure for those who listen to it (ISO 32000-1, 14.7).

A link in the document to `annex_address(label)` leads to the first page of that annex. Pages keep the content they were
frozen with; their structure is hung under the document's own, so the whole stays tagged.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

PLACE = "https://annex.invalid/"
UA = "{http://www.aiim.org/pdfua/ns/id/}part"


@dataclass(frozen=True)
class Annex:
    """A PDF to bind behind the document; `label` tells it apart ("2.1"), `heading` stands in the outline."""

    label: str
    heading: str
    content: bytes


def annex_address(label: str) -> str:
    """What a link in the document points to, to be led to the annex."""
    return f"{PLACE}{label}"


def is_readable(content: bytes) -> bool:
    """Whether the bytes are a PDF with pages that opens without a password."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return len(pdf.pages) > 0
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return False


def bind(document: bytes, annexes: Iterable[Annex], outline_heading: str) -> bytes:
    """`document` with the annexes behind it. The same parts give the same bytes."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        whole, starts, all_tagged = len(pdf.pages), [], True
        for annex in annexes:
            starts.append((annex, len(pdf.pages)))
            all_tagged = _append(pdf, annex) and all_tagged
        _lead_links(pdf, whole, {annex.label: pdf.pages[first].obj for annex, first in starts})
        _label_pages(pdf, starts)
        if starts:
            _outline(pdf, starts, outline_heading)
        if not all_tagged:
            _claim_nothing(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _append(pdf: Pdf, annex: Annex) -> bool:
    """Add the pages; whether their structure came along."""
    with pikepdf.open(io.BytesIO(annex.content)) as source:
        first = len(pdf.pages)
        _spell_out_links(source)
        pdf.pages.extend(source.pages)
        for page in pdf.pages[first:]:
            _disarm(page.obj)
        if "/StructTreeRoot" not in source.Root or "/StructTreeRoot" not in pdf.Root:
            return False
        _hang_structure(pdf, pdf.copy_foreign(source.Root.StructTreeRoot), annex, first)
        return True


def _hang_structure(pdf: Pdf, tree: Any, annex: Annex, first: int) -> None:
    """Hang the annex's structure under the document's, and number its parts after those already there."""
    root = pdf.Root.StructTreeRoot
    parents, theirs = pikepdf.NumberTree(root.ParentTree), pikepdf.NumberTree(tree.ParentTree)
    offset = max(list(parents), default=-1) + 1
    for key, value in theirs.items():
        parents[offset + key] = value
    for page in pdf.pages[first:]:
        _shift(page.obj, "/StructParents", offset)
        for annotation in page.obj.get("/Annots", []):
            _shift(annotation, "/StructParent", offset)
    top = _kids(root)[0]
    for element in _kids(tree):
        element.P, element.S, element.T = top, Name.Part, annex.heading
        top.K = Array([*_kids(top), element])
    root.ParentTreeNextKey = max(list(parents)) + 1


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _shift(thing: Any, name: str, offset: int) -> None:
    if name in thing:
        thing[name] = int(thing[name]) + offset


def _spell_out_links(source: Pdf) -> None:
    """Names of places belong to a file; a link by name becomes one to the page itself before the pages move."""
    names = source.Root.get("/Names", Dictionary()).get("/Dests")
    places = dict(pikepdf.NameTree(names).items()) if names is not None else {}
    for page in source.pages:
        for annotation in page.obj.get("/Annots", []):
            target = annotation.get("/Dest")
            action = annotation.get("/A", Dictionary())
            if target is None and action.get("/S") == Name.GoTo:
                target = action.get("/D")
            if isinstance(target, pikepdf.String) and str(target) in places:
                place = places[str(target)]
                annotation.Dest = place.D if isinstance(place, Dictionary) else place
                if "/A" in annotation:
                    del annotation["/A"]


def _disarm(page: Any) -> None:
    """What a page would do by itself stays behind: only links to places and addresses are kept."""
    if "/AA" in page:
        del page["/AA"]
    for annotation in page.get("/Annots", []):
        action = annotation.get("/A")
        if action is not None and action.get("/S") not in (Name.URI, Name.GoTo):
            del annotation["/A"]
        if "/AA" in annotation:
            del annotation["/AA"]


def _lead_links(pdf: Pdf, whole: int, pages: dict[str, Any]) -> None:
    for page in list(pdf.pages)[:whole]:
        for annotation in page.obj.get("/Annots", []):
            address = str(annotation.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(PLACE) and address.removeprefix(PLACE) in pages:
                del annotation["/A"]
                annotation.Dest = Array([pages[address.removeprefix(PLACE)], Name.Fit])


def _label_pages(pdf: Pdf, starts: list[tuple[Annex, int]]) -> None:
    """What a reader's page field shows: 1, 2, 3 …, then 2.1-1, 2.1-2 for the pages of annex 2.1."""
    numbers: list[Any] = [0, Dictionary(S=Name.D)]
    for annex, first in starts:
        numbers += [first, Dictionary(S=Name.D, P=f"{annex.label}-")]
    pdf.Root.PageLabels = Dictionary(Nums=Array(numbers))


def _outline(pdf: Pdf, starts: list[tuple[Annex, int]], heading: str) -> None:
    with pdf.open_outline() as outline:
        top = pikepdf.OutlineItem(heading, starts[0][1])
        top.children.extend(pikepdf.OutlineItem(annex.heading, first) for annex, first in starts)
        outline.root.append(top)


def _claim_nothing(pdf: Pdf) -> None:
    """Pages that came untagged: the file no longer says that it keeps to PDF/UA."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        if UA in told:
            del told[UA]
