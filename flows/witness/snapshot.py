"""The browser's own snapshot of a page's layout as a small tree.

Source: Chrome DevTools Protocol, ``DOMSnapshot.captureSnapshot``. It gives the tree that is painted: slots hold what is
put into them, shadow trees are there whether open or closed, and ``::before``, ``::after`` and ``::marker`` are nodes.

What people typed comes with it. We drop that here, before anything else sees it, and keep two facts about a field:
whether it is empty, and whether its words carry weight.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from flows.words import wills, withdraws

Box = tuple[float, float, float, float]
"""x, y, width and height in CSS pixels of the whole page, wherever it is scrolled to."""

_EDGES: Final = ("border-left-width", "border-top-width", "padding-left", "padding-top")
"""What lies between the corner of a frame and its page."""
STYLES: Final = (
    *("display", "visibility", "opacity", "position", "z-index", "float", "overflow-x", "overflow-y", "pointer-events"),
    *("color", "-webkit-text-fill-color", "-webkit-text-security", "unicode-bidi", "font-size"),
    *("background-color", "background-image", "background-repeat", "background-size", "border-image-source"),
    *("transform", "rotate", "scale", "filter", "mask-image", "mix-blend-mode", "clip", "clip-path"),
    *("backface-visibility", "offset-path", "contain", "content-visibility", "column-count", "column-width", "content"),
    *("text-decoration-line", "text-decoration-thickness", "-webkit-text-stroke-width", "text-shadow", "box-shadow"),
    *("fill", "fill-opacity", "stroke", "backdrop-filter", "border-image-slice", "-webkit-mask-box-image-source"),
    *("-webkit-box-reflect", "list-style-image", "appearance", "hyphenate-character", "animation-name"),
    *("outline-style", "outline-width", "outline-offset", "outline-color"),
    *("border-right-width", "border-bottom-width"),
    *("border-left-color", "border-top-color", "border-right-color", "border-bottom-color"),
    *_EDGES,
    *("border-top-left-radius", "border-top-right-radius", "border-bottom-left-radius", "border-bottom-right-radius"),
    "background-clip",
)
"""The computed styles we ask for."""
_KEPT = frozenset({"type", "role", "alt", "placeholder", "label", "aria-hidden", "rotate", "textlength"})
"""The attributes we keep, plus the ``value`` of a button."""
BUTTON_TYPES = frozenset({"submit", "button", "reset"})
_LABELLED = frozenset({"a", "button", "summary"})
_CONTROL_ROLES = frozenset({"link", "button", "menuitem", "tab", "option"})
_FRAMES = frozenset({"iframe", "frame", "object", "embed"})
_SECRET_TYPES = frozenset({"password", "hidden"})
_SVG_HIDDEN = frozenset({"defs", "symbol", "clippath", "mask", "pattern", "marker"})
NO_STYLE: Final[Mapping[str, str]] = {}
NOTHING_APART: Final[Mapping[int, Mapping[str, Any]]] = {}
_APART = 1e-6


@dataclass(frozen=True, slots=True)
class LaidLine:
    """Words of one node that share a line."""

    text: str = field(repr=False)
    """As they are painted: capitals are capitals."""
    box: Box


@dataclass(slots=True)
class Node:
    """One element, pseudo-element or text."""

    number: int
    parent: int
    """Number of the node around it (for a document in a frame, the frame's element); -1 for the page itself."""
    document: int
    name: str
    """Lower case; ``#text``, ``#document``, ``::before``."""
    attributes: Mapping[str, str] = field(repr=False, default_factory=dict)
    style: Mapping[str, str] = field(repr=False, default_factory=dict)
    box: Box | None = None
    """None when nothing of it is laid out."""
    order: float = -1
    """When it is painted; later is on top."""
    lines: list[LaidLine] = field(repr=False, default_factory=list)
    background: str = ""
    """The colour its words stand on, as the browser blends it; empty when the browser can't tell."""
    is_selected: bool = False
    """Whether it is the chosen option of a list."""
    is_filled: bool = False
    """Whether it is a field with something in it."""
    has_weighty_words: bool = False
    """Whether the text in the field speaks of wanting or withdrawing something. The text itself isn't kept."""
    is_readable_frame: bool = False
    backend: int = -1
    """The browser's own number for a frame's element."""
    is_context: bool = False
    """Whether its contents are painted in one go, with nothing from elsewhere in between."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a page."""

    url: str = field(repr=False)
    origin: tuple[float, float]
    """Where the upper left corner of its visible part lies on the page."""


@dataclass(frozen=True, slots=True)
class PageSnapshot:
    """A page as it is laid out; parents come before their children."""

    nodes: Sequence[Node] = field(repr=False)
    documents: Sequence[Document]
    width: float
    """Of the window, CSS pixels."""
    height: float
    depth: float
    """How far down the page reaches, CSS pixels."""


def parse(
    raw: Mapping[str, Any], may_read: Callable[[str], bool], apart: Mapping[int, Mapping[str, Any]] = NOTHING_APART
) -> PageSnapshot:
    """Build a tree from *raw*, the browser's answer, with the frames whose address *may_read* allows.

    A frame that holds what its own page wrote into it is read like that page. Any other frame is a single node, and
    we keep none of its contents. *apart* holds the answers of frames in processes of their own, by the browser's
    number for their element.
    """
    nodes: list[Node] = []
    documents: list[Document] = []
    _read_page(raw, may_read, nodes, documents, None)
    for frame in [node for node in nodes if node.backend in apart]:
        _read_page(apart[frame.backend], may_read, nodes, documents, frame)
    main = raw["documents"][0]
    window = next((tuple(b) for b in main["layout"]["bounds"][:1]), (0, 0, 0, 0))
    return PageSnapshot(nodes, documents, window[2], window[3], max(main.get("contentHeight", 0), window[3]))


def _read_page(
    raw: Mapping[str, Any],
    may_read: Callable[[str], bool],
    nodes: list[Node],
    documents: list[Document],
    frame: Node | None,
) -> None:
    strings = raw["strings"]
    roots = {0: frame.number if frame is not None else -1}
    """By document of *raw*: the number of the frame's element."""
    for at, document in enumerate(raw["documents"]):
        url = _string(strings, document["documentURL"])
        around = roots.get(at)
        if around is None or (around >= 0 and not (is_of_its_page(url) or may_read(url))):
            continue
        origin = _origin(nodes[around], document) if around >= 0 else (0.0, 0.0)
        first = len(nodes)
        _read_document(document, strings, nodes, around, len(documents), origin)
        if around >= 0:
            nodes[around].is_readable_frame = True
        if frame is not None:
            for node in nodes[first:]:  # a document with its own counting is painted where its frame is
                node.order = frame.order + node.order * _APART
        seen_at = _origin(nodes[around], None) if around >= 0 else (_scroll(document, "X"), _scroll(document, "Y"))
        documents.append(Document(url, seen_at))
        held = document["nodes"].get("contentDocumentIndex", {"index": [], "value": []})
        roots.update({inner: first + node for node, inner in zip(held["index"], held["value"], strict=True)})


def _read_document(
    raw: Mapping[str, Any],
    strings: Sequence[str],
    nodes: list[Node],
    around: int,
    document: int,
    origin: tuple[float, float],
) -> None:
    first = len(nodes)
    tree = raw["nodes"]
    for number, name in enumerate(tree["nodeName"]):
        parent = tree["parentIndex"][number]
        named = strings[name].lower()
        attributes = _attributes(tree["attributes"][number], strings) if tree["attributes"][number] else NO_STYLE
        node = Node(first + number, around if parent < 0 else first + parent, document, named, attributes)
        if named in _FRAMES:
            node.backend = tree["backendNodeId"][number]
        nodes.append(node)
    for number in tree.get("optionSelected", {}).get("index", ()):
        nodes[first + number].is_selected = True
    for number, value in enumerate(tree["nodeValue"]):
        node = nodes[first + number]
        if value >= 0 and node.name == "#text" and (option := nodes[node.parent]).name == "option":
            option.attributes = {"label": strings[value], **option.attributes}
    _weigh_fields(tree, strings, nodes, first)
    _lay_out(raw["layout"], raw["textBoxes"], strings, nodes, first, origin)


def _weigh_fields(tree: Mapping[str, Any], strings: Sequence[str], nodes: list[Node], first: int) -> None:
    """Reduce the contents of fields to two facts; a button's label stays."""
    for part in ("inputValue", "textValue"):
        values = tree.get(part, {"index": [], "value": []})
        for number, value in zip(values["index"], values["value"], strict=True):
            node, words = nodes[first + number], _string(strings, value)
            kind = node.attributes.get("type", "")
            if node.name == "input" and kind in BUTTON_TYPES:
                node.attributes = {**node.attributes, "value": words}
                continue
            node.is_filled = bool(words)
            if kind not in _SECRET_TYPES:
                node.has_weighty_words = len(words.split()) > 1 and (withdraws(words) or wills(words))


def _lay_out(
    layout: Mapping[str, Any],
    boxes: Mapping[str, Any],
    strings: Sequence[str],
    nodes: list[Node],
    first: int,
    origin: tuple[float, float],
) -> None:
    known: dict[tuple[int, ...], Mapping[str, str]] = {}
    contexts = set(layout["stackingContexts"]["index"])
    blended = layout.get("blendedBackgroundColors", ())
    laid: list[Node] = []
    for at, number in enumerate(layout["nodeIndex"]):
        node = nodes[first + number]
        laid.append(node)
        if node.box is not None:  # the words of a pseudo-element are laid out separately from it
            continue
        node.box = _moved(layout["bounds"][at], origin)
        node.order = layout["paintOrders"][at]
        node.is_context = at in contexts
        styles = tuple(layout["styles"][at])
        if styles not in known:
            known[styles] = dict(zip(STYLES, (strings[s] for s in styles), strict=True)) if styles else NO_STYLE
        node.style = known[styles]
        if blended and blended[at] >= 0:
            node.background = strings[blended[at]]
    for at, bounds, start, length in zip(
        boxes["layoutIndex"], boxes["bounds"], boxes["start"], boxes["length"], strict=True
    ):
        node = laid[at]
        # For a place where a word may break the browser reports a letter without width.
        if node.name == "wbr" or _is_in(nodes, node, _SVG_HIDDEN) or _is_in(nodes, node, {"textarea"}):
            continue
        text = _part(strings[layout["text"][at]], start, length)
        if text.strip():
            node.lines.append(LaidLine(text, _moved(bounds, origin)))


def _part(text: str, start: int, length: int) -> str:
    """Return a stretch of *text*, counted in UTF-16 units as the browser counts."""
    if text.isascii() or all(ord(c) < 0x10000 for c in text):
        return text[start : start + length]
    return text.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")


def _is_in(nodes: Sequence[Node], node: Node, names: frozenset[str] | set[str]) -> bool:
    up = node.parent
    while up >= 0 and nodes[up].document == node.document:
        if nodes[up].name in names:
            return True
        up = nodes[up].parent
    return False


def is_label(snapshot: PageSnapshot, node: Node) -> bool:
    """Return whether *node* is in a link, a button or a stand-in for one: its words say what that does."""
    return label_around(snapshot, node) is not None


def label_around(snapshot: PageSnapshot, node: Node) -> Node | None:
    """Return the link, the button or the stand-in for one that *node* is in, None if there isn't one."""
    up = node.number
    while up >= 0:
        one = snapshot.nodes[up]
        if one.name in _LABELLED or one.attributes.get("role") in _CONTROL_ROLES:
            return one
        up = one.parent
    return None


def _attributes(pairs: Sequence[int], strings: Sequence[str]) -> Mapping[str, str]:
    some = {strings[pairs[at]].lower(): pairs[at + 1] for at in range(0, len(pairs), 2)}
    return {name: _string(strings, value) for name, value in some.items() if name in _KEPT}


def is_of_its_page(url: str) -> bool:
    """Return whether a frame at *url* holds what the page around it wrote into it."""
    return url.startswith(("about:", "blob:", "data:"))


def _origin(frame: Node, document: Mapping[str, Any] | None) -> tuple[float, float]:
    """Return where the start of *document* lies on the page; None means its visible part."""
    x, y, _, _ = frame.box or (0, 0, 0, 0)
    pixels = (frame.style.get(name, "0") for name in _EDGES)
    left, top, more_left, more_top = (float(p.removesuffix("px") or 0) for p in pixels)
    away = (_scroll(document, "X"), _scroll(document, "Y")) if document is not None else (0.0, 0.0)
    return x + left + more_left - away[0], y + top + more_top - away[1]


def _scroll(document: Mapping[str, Any], axis: str) -> float:
    return float(document.get(f"scrollOffset{axis}", 0))


def _moved(bounds: Sequence[float], origin: tuple[float, float]) -> Box:
    return bounds[0] + origin[0], bounds[1] + origin[1], bounds[2], bounds[3]


def _string(strings: Sequence[str], number: int) -> str:
    return strings[number] if number >= 0 else ""
