"""Make a tagged PDF one for the archive: PDF/A-3a (ISO 19005-3) that is PDF/UA-1 (ISO 14289-1) as well.

The renderer claims PDF/A-3a; added here, before anything is signed: the claim of PDF/UA-1 with the schema that PDF/A asks for,
margin text marked as such, the number of the document, the attachments with what each is to the document, and an empty
signature field that has its place in the structure.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, NumberTree, Pdf, String

from records import clock

FIELD = "Seal"
CLAIMS = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier>{number}</dc:identifier></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


@dataclass(frozen=True)
class Attachment:
    """A file inside the document. `relationship` is Data, Source, Alternative or Supplement (ISO 32000-2, 14.13)."""

    name: str
    content: bytes
    media_type: str
    description: str
    relationship: str = "Data"


def archived(pdf: bytes, *, number: str, tooltip: str, attachments: tuple[Attachment, ...] = ()) -> bytes:
    """`pdf`, rendered as PDF/A-3a, with what it still lacks; `tooltip` is what a reader hears of the signature field."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _claim(document, number)
        for page in document.pages:
            _mark_margins(document, page)
        for attachment in attachments:
            _attach(document, attachment)
        _add_field(document, tooltip)
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def _claim(document: Pdf, number: str) -> None:
    """Say PDF/UA-1 and the number; left uncompressed, so that a file tells its number to whoever merely looks."""
    told = document.Root.Metadata.read_bytes().decode()
    if "pdfuaid:part" not in told:
        told = told.replace("</rdf:RDF>", CLAIMS.format(number=escape(number)) + "</rdf:RDF>")
    stream = pikepdf.Stream(document, told.encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    document.Root.Metadata = document.make_indirect(stream)


def _mark_margins(document: Pdf, page: pikepdf.Page) -> None:
    """Content that no structure element holds is the margin's: header, footer, page number."""
    held = _held(document, page)
    changed, instructions = False, []
    for each in pikepdf.parse_content_stream(page):
        operands, operator = list(each.operands), each.operator
        if str(operator) == "BDC" and "/MCID" in operands[1] and int(operands[1].MCID) not in held:
            operands, changed = [Name.Artifact, Dictionary(Type=Name.Pagination)], True
        instructions.append(pikepdf.ContentStreamInstruction(operands, operator))
    if changed:
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))


def _held(document: Pdf, page: pikepdf.Page) -> set[int]:
    """The marked content of the page that elements own."""
    if "/StructParents" not in page.obj:
        return set()
    owners = NumberTree(document.Root.StructTreeRoot.ParentTree).get(int(page.obj.StructParents), Array())
    return {number for number, owner in enumerate(owners) if isinstance(owner, Dictionary)}


def _attach(document: Pdf, attachment: Attachment) -> None:
    moment = clock.now()
    spec = AttachedFileSpec(
        document,
        attachment.content,
        filename=attachment.name,
        description=attachment.description,
        mime_type=attachment.media_type,
        creation_date=f"{moment:D:%Y%m%d%H%M%SZ}",
        mod_date=f"{moment:D:%Y%m%d%H%M%SZ}",
    )
    spec.obj.AFRelationship = Name(f"/{attachment.relationship}")
    document.attachments[attachment.name] = spec


def _add_field(document: Pdf, tooltip: str) -> None:
    """An empty signature field that shows nothing: what it means is written on the page, where everybody can read it."""
    page = document.pages[-1]
    picture = document.make_stream(b"")
    picture.Type, picture.Subtype, picture.BBox, picture.Resources = (
        Name.XObject, Name.Form, Array([0, 0, 0, 0]), Dictionary(),
    )  # fmt: skip
    tree = document.Root.StructTreeRoot
    parents = NumberTree(tree.ParentTree)
    place = max(list(parents), default=-1) + 1
    widget = document.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String(FIELD), TU=String(tooltip), F=132,
            Rect=Array([0, 0, 0, 0]), P=page.obj, AP=Dictionary(N=picture), StructParent=place,
        )
    )  # fmt: skip
    top = next(_kids(tree))
    element = document.make_indirect(
        Dictionary(
            Type=Name.StructElem, S=Name.Form, P=top, Alt=String(tooltip), Pg=page.obj,
            K=Dictionary(Type=Name.OBJR, Obj=widget, Pg=page.obj),
        )
    )  # fmt: skip
    top.K = Array([*_kids(top), element])
    parents[place] = element
    tree.ParentTreeNextKey = place + 1
    page.obj.Annots = Array([*page.obj.get("/Annots", Array()), widget])
    page.obj.Tabs = Name.S
    document.Root.AcroForm = document.make_indirect(Dictionary(Fields=Array([widget]), SigFlags=3))


def _kids(element: Any) -> Iterator[Any]:
    kids = element.get("/K", Array())
    yield from kids if isinstance(kids, Array) else [kids]
