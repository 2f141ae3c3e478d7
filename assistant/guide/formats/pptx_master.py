"""An empty 16:9 presentation of our own: the master, three layouts, the typeface."""

from __future__ import annotations

from typing import Any

import pptx
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Pt

from assistant.guide.formats.office import ACCENT, INK, QUIET
from assistant.guide.formats.slide_parts import BODY, COVER_TITLE, FOOT, HIGH, MARGIN, RULE, TITLE, WIDE, Place
from assistant.guide.formats.typeface import FAMILY

COVER, CONTENT, PICTURE = 0, 1, 2
"""Places of the three layouts. Their placeholders: title, subtitle; title, text; title, picture, text."""
_TEMPLATE_LAYOUTS = (0, 1, 8)
_FOOT_NUMBER = Place(WIDE - MARGIN - 100, FOOT.top, 100, FOOT.height)


def new_presentation() -> Presentation:
    """Return a presentation without slides."""
    presentation = pptx.Presentation()
    presentation.slide_width, presentation.slide_height = Pt(WIDE), Pt(HIGH)
    _drop_leftovers(presentation)
    layouts = list(presentation.slide_layouts)
    for number, layout in enumerate(layouts):
        if number not in _TEMPLATE_LAYOUTS:
            presentation.slide_layouts.remove(layout)
    master = presentation.slide_master
    _theme(master)
    _text_styles(master)
    for shape, where in zip(master.placeholders, (TITLE, BODY, None, FOOT, _FOOT_NUMBER), strict=True):
        _arrange(shape, where)
    for number, layout in enumerate(presentation.slide_layouts):
        _layout(layout, number)
    return presentation


def put(shape: BaseShape, where: Place) -> None:
    """Move *shape* to *where*."""
    shape.left, shape.top, shape.width, shape.height = (
        Pt(length) for length in (where.left, where.top, where.width, where.height)
    )


def _drop_leftovers(presentation: Presentation) -> None:
    for holder in (presentation.part.package, presentation.part):
        relations = holder._rels
        for identity, relation in list(relations.items()):
            if relation.reltype.rsplit("/", 1)[-1] in {"thumbnail", "extended-properties", "printerSettings"}:
                relations.pop(identity)


def _theme(master: SlideMaster) -> None:
    for relation in master.part.rels.values():
        if relation.reltype.endswith("/theme"):
            part = relation.target_part
            blob = part.blob.replace(b'<a:latin typeface="Calibri"/>', f'<a:latin typeface="{FAMILY}"/>'.encode())
            for old in (b"1F497D", b"4F81BD", b"0000FF", b"800080"):
                blob = blob.replace(b'<a:srgbClr val="%b"/>' % old, f'<a:srgbClr val="{ACCENT}"/>'.encode(), 1)
            part.blob = blob


def _text_styles(master: SlideMaster) -> None:
    styles = master.element.find(qn("p:txStyles"))
    for kind, size, strong, ink in (("titleStyle", 28, 1, ACCENT), ("bodyStyle", 18, 0, INK)):
        level = styles.find(f"{qn(f'p:{kind}')}/{qn('a:lvl1pPr')}")
        level.set("algn", "l")
        level.set("marL", "0")
        level.set("indent", "0")
        for bullet in [child for child in level if child.tag.rpartition("}")[2].startswith("bu")]:
            level.remove(bullet)
        run = level.find(qn("a:defRPr"))
        run.addprevious(parse_xml(f"<a:buNone {nsdecls('a')}/>"))
        run.set("sz", str(size * 100))
        run.set("b", str(strong))
        fill = run.find(qn("a:solidFill"))
        run.replace(fill, parse_xml(f'<a:solidFill {nsdecls("a")}><a:srgbClr val="{ink}"/></a:solidFill>'))


def _arrange(shape: BaseShape, where: Place | None) -> None:
    if where is None:
        shape.element.getparent().remove(shape.element)
        return
    put(shape, where)
    properties = shape.element.find(f".//{qn('a:bodyPr')}")
    for side in ("lIns", "tIns", "rIns", "bIns"):
        properties.set(side, "0")
    for child in list(properties):
        properties.remove(child)
    properties.append(parse_xml(f"<a:noAutofit {nsdecls('a')}/>"))
    for level in shape.element.iter(qn("a:lvl1pPr")):
        level.set("algn", "r" if where is _FOOT_NUMBER else "l")
    for run in shape.element.iter(qn("a:defRPr")):
        run.set("sz", "1000")
        fill = run.find(qn("a:solidFill"))
        run.replace(fill, parse_xml(f'<a:solidFill {nsdecls("a")}><a:srgbClr val="{QUIET}"/></a:solidFill>'))


def _layout(layout: SlideLayout, number: int) -> None:
    for shape in list(layout.placeholders):
        kind = shape.element.find(f".//{qn('p:ph')}").get("type", "body")
        if kind == "dt" or (number == COVER and kind in {"ftr", "sldNum"}):
            shape.element.getparent().remove(shape.element)
        elif kind not in {"ftr", "sldNum"}:
            # What the layout would change of the master's sizes and places goes; each slide says its own.
            styles = shape.element.find(f".//{qn('a:lstStyle')}")
            for child in list(styles):
                styles.remove(child)
            properties = shape.element.find(f".//{qn('a:bodyPr')}")
            properties.attrib.pop("anchor", None)
            for child in list(properties):
                properties.remove(child)
            put(shape, COVER_TITLE if kind == "ctrTitle" else TITLE if kind == "title" else BODY)
    band = Place(0, 0, 16, HIGH) if number == COVER else RULE
    layout.shapes._spTree.insert(2, _rectangle(band))


def _rectangle(where: Place) -> Any:
    left, top, width, height = (int(Pt(length)) for length in (where.left, where.top, where.width, where.height))
    return parse_xml(
        f"<p:sp {nsdecls('p', 'a')}>"
        '<p:nvSpPr><p:cNvPr id="20" name="Rule"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{ACCENT}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
