"""Binding annexes: what a foreign file would do by itself stays behind, and an untagged one is not called accessible."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

from governance.papers.binding import UA, Annex, annex_address, bind, is_readable


def document(*, tagged=True, link="", script=False):
    """A PDF of one page, with a link or a script where asked for."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    notes = []
    if link:
        action = Dictionary(S=Name.URI, URI=pikepdf.String(link))
        notes.append(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action))
    if script:
        page.obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)")))
        notes.append(
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.JavaScript, JS="x"))
        )
    page.obj.Annots = Array([pdf.make_indirect(note) for note in notes])
    if tagged:
        root = pdf.make_indirect(
            Dictionary(Type=Name.StructTreeRoot, ParentTree=Dictionary(Nums=Array([0, Array([])])))
        )
        root.K = Array([pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array([])))])
        pdf.Root.StructTreeRoot, page.obj.StructParents = root, 0
    with pdf.open_metadata() as told:
        told[UA] = "1"
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def bound(front, *annexes):
    return pikepdf.open(io.BytesIO(bind(front, annexes, "Annexes")))


def test_link_leads_to_the_annex_and_the_annex_keeps_its_structure():
    pdf = bound(document(link=annex_address("1.1")), Annex("1.1", "Annex 1.1", document()))
    assert pdf.pages[0].obj.Annots[0].Dest[0].objgen == pdf.pages[1].obj.objgen
    assert [str(part.S) for part in pdf.Root.StructTreeRoot.K[0].K] == ["/Part"]
    assert pdf.pages[1].obj.StructParents == 1
    with pdf.open_metadata() as told:
        assert told[UA] == "1"


def test_untagged_annex_takes_the_claim_of_accessibility_away():
    pdf = bound(document(), Annex("1.1", "Annex 1.1", document(tagged=False)))
    with pdf.open_metadata() as told:
        assert UA not in told


def test_scripts_of_an_annex_stay_behind():
    pdf = bound(document(), Annex("1.1", "Annex 1.1", document(script=True, link="https://docs.example/")))
    page = pdf.pages[1].obj
    assert "/AA" not in page
    assert [note.get("/A", Dictionary()).get("/S") for note in page.Annots] == [Name.URI, None]


def test_what_is_no_pdf_is_not_bound():
    assert not is_readable(b"MZ not a PDF")
    assert is_readable(document())
