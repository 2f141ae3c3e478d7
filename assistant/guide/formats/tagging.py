"""The tags of Chromium's PDF, made such that every reader knows them.

After PDF/UA-1 (ISO 14289-1): what is painted but says nothing is marked as decoration, every element has a type that
the standard knows, lists have bodies, links say where they lead. Names that differ from run to run are replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, Pdf, String

_RENAMED = {"/Strong": Name.Span, "/Em": Name.Span}
"""Types of a newer standard, by those that readers of this one know."""
_BLOCKS = {"/P", "/H1", "/H2", "/H3", "/H4", "/Lbl", "/LBody", "/Caption", "/TH", "/TD", "/Link", "/Figure", "/Span"}
"""Elements that text may stand in."""
_HEADINGS = {"/H1", "/H2", "/H3"}
_PATH_BEGINS = {"m", "re"}
_PATH_ENDS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"}
_PAINTS = {"Do", "sh", "INLINE IMAGE"}
_SAYS = {"Tj", "TJ", "'", '"', *_PAINTS}


def tidy_tags(pdf: Pdf, places: Mapping[str, str]) -> None:
    """Put the tags of *pdf* in order. *places* are titles of the places that links lead to."""
    root = pdf.Root.StructTreeRoot
    tree = pikepdf.NumberTree(root.ParentTree)
    for page in pdf.pages:
        owners = tree[int(page.obj.StructParents)] if "/StructParents" in page.obj else Array()
        for number in _mark_decoration(pdf, page, owners):
            _disown(owners, number, page)
        _describe_links(page, places)
    for element in _elements(root):
        _tidy(pdf, element, inside_block=False)
    _name_again(pdf, root)


# --- content -----------------------------------------------------------------------------------------------


def _mark_decoration(pdf: Pdf, page: pikepdf.Page, owners: Any) -> frozenset[int]:
    """Mark what is painted but says nothing (page heads and feet, lines, grounds, icons) as an artifact.

    *owners* are the page's elements by the numbers of their content. Returns the numbers that are no content any more.
    """
    begin = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
    end = ContentStreamInstruction([], Operator("EMC"))
    written: list[Any] = []
    gone: set[int] = set()
    opened: int | None = None
    says = in_decoration = False
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        if name == "BDC":
            opened = len(written)
            says = False
            tag, properties = instruction.operands
            written.append(ContentStreamInstruction([_RENAMED.get(str(tag), tag), properties], Operator("BDC")))
        elif name == "EMC" and opened is not None:
            number = int(written[opened].operands[1].MCID)
            if not says and _type(owners[number]) != "/Figure":
                written[opened] = begin
                gone.add(number)
            written.append(end)
            opened = None
        elif opened is not None:
            says = says or name in _SAYS
            written.append(instruction)
        else:
            if not in_decoration and (name == "BT" or name in _PATH_BEGINS or name in _PAINTS):
                written.append(begin)
                in_decoration = True
            written.append(instruction)
            if in_decoration and (name == "ET" or name in _PATH_ENDS or name in _PAINTS):
                written.append(end)
                in_decoration = False
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(written))
    return frozenset(gone)


def _disown(owners: Any, number: int, page: pikepdf.Page) -> None:
    """Take content *number* of *page* out of the element that held it."""
    element = owners[number]
    owners[number] = None
    own_page = "/Pg" in element and element.Pg.objgen == page.obj.objgen
    element.K = Array([kid for kid in _kids(element) if not _is_content(kid, number, page, own_page=own_page)])


def _is_content(kid: Any, number: int, page: pikepdf.Page, *, own_page: bool) -> bool:
    if isinstance(kid, Dictionary):
        return kid.get("/MCID") == number and kid.Pg.objgen == page.obj.objgen
    return own_page and kid == number


def _describe_links(page: pikepdf.Page, places: Mapping[str, str]) -> None:
    for annotation in page.get("/Annots", []):
        if annotation.get("/Subtype") != Name.Link or "/Contents" in annotation:
            continue
        place = str(annotation.get("/Dest", "")).removeprefix("/")
        address = str(annotation.A.get("/URI", "")) if "/A" in annotation else ""
        annotation.Contents = String(places.get(place) or address or place)


# --- structure ---------------------------------------------------------------------------------------------


def _tidy(pdf: Pdf, element: Any, *, inside_block: bool) -> None:
    """Give *element* and all below it types and a shape that the standard knows."""
    kind = _type(element)
    element.S = _RENAMED.get(kind, element.S)
    kids = [kid for kid in _kids(element) if not _is_empty(kid)]
    if kind == "/NonStruct":
        element.S = _type_of(kids, inside_block=inside_block)
    elif kind == "/Figure" and "/Alt" not in element:
        # HTML's <figure>: picture and caption together.
        element.S = Name.Div
    elif kind == "/LI":
        kids = _with_body(pdf, element, kids)
    if kids:
        element.K = Array(kids)
    block = inside_block or _type(element) in _BLOCKS
    for child in _elements(element):
        _tidy(pdf, child, inside_block=block)


def _type_of(kids: list[Any], *, inside_block: bool) -> Name:
    """Return a type for what Chromium found none for."""
    if inside_block:
        return Name.Span
    if not any(_is_element(kid) for kid in kids):
        return Name.P
    return Name.Sect if kids and _type(kids[0]) in _HEADINGS else Name.Div


def _with_body(pdf: Pdf, item: Any, kids: list[Any]) -> list[Any]:
    """Return the label and the body of a list's item, the body made around what is there."""
    if not all(_is_element(kid) for kid in kids):
        return kids
    labels = [kid for kid in kids if _type(kid) == "/Lbl"]
    rest = [kid for kid in kids if _type(kid) != "/Lbl"]
    body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, K=Array(rest)))
    for kid in rest:
        kid.P = body
    return [*labels, body]


def _name_again(pdf: Pdf, root: Any) -> None:
    """Name the elements that others refer to (heads of tables) by their order; Chromium's names change every time."""
    named = [element for element in _below(root) if "/ID" in element]
    new = {bytes(element.ID): f"e{number:05}".encode() for number, element in enumerate(named)}
    for element in named:
        element.ID = String(new[bytes(element.ID)].decode())
    for element in _below(root):
        for attributes in _attributes(element):
            if "/Headers" in attributes:
                attributes.Headers = Array([String(new[bytes(name)].decode()) for name in attributes.Headers])
    if named:
        pairs = [part for element in named for part in (element.ID, element)]
        limits = Array([named[0].ID, named[-1].ID])
        leaf = pdf.make_indirect(Dictionary(Names=Array(pairs), Limits=limits))
        root.IDTree = pdf.make_indirect(Dictionary(Kids=Array([leaf])))


def _attributes(element: Any) -> list[Any]:
    held = element.get("/A")
    if held is None:
        return []
    return [one for one in (held if isinstance(held, Array) else [held]) if isinstance(one, Dictionary)]


def _below(element: Any) -> Iterator[Any]:
    """Return every element below *element*, in reading order."""
    for child in _elements(element):
        yield child
        yield from _below(child)


def _elements(element: Any) -> list[Any]:
    """Return the elements right below *element*, without content."""
    return [kid for kid in _kids(element) if _is_element(kid)]


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _type(element: Any) -> str:
    return str(element.S)


def _is_element(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and "/S" in kid


def _is_empty(kid: Any) -> bool:
    return _is_element(kid) and _type(kid) == "/NonStruct" and all(_is_empty(one) for one in _kids(kid))
