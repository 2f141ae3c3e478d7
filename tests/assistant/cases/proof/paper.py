"""What we would see of a page, from its HTML alone, so we can try the rules on thousands of pages without a browser.

It follows ``flows/in_page`` for pages without style sheets and scripts, and ``test_paper.py`` holds it against a real
browser's own observation of the same pages, so that the two can't drift apart. What only a layout shows is unknown
here: boxes in pixels, bars recognised by position, texts that need scrolling, whatever moves or covers the page.
"""

from __future__ import annotations

import re
from typing import cast
from urllib.parse import quote, urljoin

from playwright.sync_api import Frame, Page

from flows.observation import Control, DialogView, FrameView, Run, Span, TabView
from flows.world import Place
from tests.assistant.cases.proof.markup import (
    around,
    carried,
    chosen,
    clean,
    heading_in,
    is_current,
    is_dialog,
    is_modal,
    is_place,
    part_of,
    role_of,
    state_of,
    type_of,
)
from tests.assistant.cases.proof.tree import Element, parse

URL = "http://onlineislemler.localhost:8123/landing"
_SKIPPED = frozenset({"script", "style", "noscript", "template", "head", "iframe", "object"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend"})
_QUOTING = frozenset({"q", "blockquote", "figure", "cite"})
_INLINE = frozenset(
    {"a", "abbr", "b", "cite", "em", "i", "label", "q", "small", "span", "strong", "u", "img", "mark", "svg"}
)
_BLOCKY_INLINE = frozenset({"button", "input", "select", "textarea"})
_ROLES = frozenset({"button", "link", "checkbox", "radio", "tab", "menuitem", "option", "switch"})
_PARTS = frozenset({"header", "nav", "main", "footer", "aside"})
_PART_ROLES = frozenset({"banner", "navigation", "main", "contentinfo"})
_MOST_IN_A_PART = 8
_LOOK_AROUND = 16
_LONGEST_ROW = 600
_LONGEST_TILE = 60
_LONGEST_TITLE = 6
_WHOLE = frozenset({"form", "main", "fieldset", "body"})
_CONTROL_ROLES = frozenset({"button", "tab", "heading", "checkbox", "radio", "switch"})
_SAYS_LITTLE = re.compile(
    r"(?:(?:[^\n]{0,200}\s)?t[ıi]klay[ıi]n(?:[ıi]z)?"
    r"|(?:buraya|buradan|git|ilerle|ba[sş]la|incele|a[cç]|detay(?:lar)?|ayr[ıi]nt[ıi](?:lar)?))?",
    re.IGNORECASE,
)
_LABELLABLE = frozenset({"button", "input", "select", "textarea"})


def seen(html: str, url: str = URL) -> TabView:
    """Return the tab that shows the page *html* and nothing else."""
    return Paper(parse(html), url).tab


class Paper:
    """One document: its pieces of text, and the elements that can be used, with where they stand."""

    def __init__(self, root: Element, url: str = URL) -> None:
        self._url = url
        self._root = root
        body = next((e for e in root.within() if e.tag == "body"), root)
        self._out: list[str] = []
        self._headings: list[str] = []
        self._entries: list[Element] = []
        self._texts: dict[Element, str] = {}
        self._stands: dict[Element, list[int]] = {}
        self._spans: dict[Element, Span] = {}
        self._places: dict[Element, Span] = {}
        self._titles: list[tuple[int, int, str, Element]] = []
        self._boxes: list[tuple[Element, int, int, int]] = []
        self._forms = [e for e in root.within() if e.tag == "form"]
        self._by_id = {e.get("id"): e for e in root.within() if e.get("id")}
        self._worded: list[list[Run]] = []
        self._collect(body)

    @property
    def tab(self) -> TabView:
        """The tab that shows it."""
        return TabView(cast(Page, None), self._url, frozenset({"portal"}), 200, (self.view,))

    def element(self, control: Control) -> Element:
        """Return the element of a control of the view."""
        return self._entries[control.index]

    @property
    def view(self) -> FrameView:
        """The frame as we would see it."""
        runs = self._runs()
        self._worded = [[run for run in line if clean(run[1])] for line in runs]
        title = next((clean(e.text_content) for e in self._root.within() if e.tag == "title"), "")
        text = "\n".join(clean("".join(words for _, words in line)) for line in runs)
        return FrameView(
            frame=cast(Frame, None),
            place=cast(Place, None),
            url=self._url,
            document=1.0,
            ready="complete",
            title=title,
            text=text,
            headings=tuple(self._headings),
            alerts=tuple(said for e in self._root.within() if _is_alert(e) and (said := clean(e.text_content))),
            controls=tuple(self._control(e, index) for index, e in enumerate(self._entries)),
            runs=tuple(tuple((at, clean(words)) for at, words in line if clean(words)) for line in runs),
            boxes=tuple(box[1:3] for box in self._boxes if _is_less_than_a_part(box[0], box[3])),
            dialogs=tuple(self._dialog(e, span) for e, span in self._spans.items() if is_dialog(e)),
            asides=tuple(span for e, span in self._spans.items() if is_place(e)),
        )

    def _dialog(self, e: Element, span: Span) -> DialogView:
        named = clean(self._told(e.get("aria-labelledby")) or e.get("aria-label"))
        holds = any(o.tag == "iframe" for o in e.within())
        return DialogView(span, is_modal(e), title=named or heading_in(e), frames=holds)

    def _collect(self, node: Element) -> None:
        for child in _children(node):
            if isinstance(child, str):
                self._out.append(re.sub(r"\s+", " ", child))
            elif child.tag == "br":
                self._out.append("\n")
            elif child.tag not in _SKIPPED and not _is_hidden(child):
                self._element(child)

    def _element(self, e: Element) -> None:
        out, is_entry, is_flat = self._out, _is_interactive(e), _is_flat(e)
        if is_entry:
            self._entries.append(e)
            self._stands[e] = [len(out), len(out)]
        edge = (" " if is_entry or e.tag in _BLOCKY_INLINE else "") if is_flat else "\n"
        out.append(edge)
        start, before = len(out), len(self._entries)
        if e.tag in _QUOTING:
            out.append("“")
        out.append("")  # the place of ::before, and of ::after: what stands beside is looked for so many pieces away
        if e.tag == "select":
            # Its options are in the tree but not drawn: only the line ends around each remain.
            for _ in (o for o in e.within() if o.tag == "option"):
                out.extend(("\n", "", "", "\n"))
        elif e.tag != "svg":
            self._collect(e)
        out.append("")
        if e.tag == "select":
            option = chosen(e)
            out.extend((clean(option.text_content) if option is not None else "", "\n"))
        if is_entry:
            self._stands[e][0] = start
        self._places[e] = (start, len(out))
        if e.tag == "label" or is_dialog(e) or is_place(e):
            self._spans[e] = (start, len(out))
        if not is_flat and len(self._entries) > before:
            self._boxes.append((e, start, len(out), len(self._entries) - before))
        words = clean("".join(out[start:]))
        if is_entry:
            self._texts[e] = words
        if words and (e.tag in _HEADINGS or (e.get("role") == "heading" and not is_entry)):
            self._headings.append(words)
        if words and (e.tag in _HEADINGS or e.get("role") == "heading"):
            self._titles.append((start, len(out), words, e))
        if e.tag in _QUOTING:
            out.append("”")
        if e.tag == "input" and e.get("type") in {"submit", "button", "reset"}:
            out.append(e.get("value"))
        if is_entry:
            self._stands[e][1] = len(out)
        out.append(edge)

    def _runs(self) -> list[list[Run]]:
        edges = {edge for stand in self._stands.values() for edge in stand}
        edges |= {edge for e, span in self._spans.items() if e.tag == "label" for edge in span}
        lines: list[list[Run]] = []
        line: list[Run] = []
        for at in range(len(self._out) + 1):
            piece = self._out[at] if at < len(self._out) else "\n"
            if not line or at in edges:
                line.append((at, ""))
            if "\n" not in piece:
                line[-1] = (line[-1][0], line[-1][1] + piece)
                continue
            if clean("".join(words for _, words in line)):
                lines.append(line)
            line = []
        return lines

    def _labels(self, e: Element) -> list[Element]:
        if e.tag not in _LABELLABLE:
            return []
        around = [up for up in e.up() if up.tag == "label" and not up.has("for")]
        tied = [o for o in self._root.within() if o.tag == "label" and e.get("id") and o.get("for") == e.get("id")]
        return [o for o in self._root.within() if o in around or o in tied]

    def _form(self, e: Element) -> Element | None:
        if e.get("form"):
            return self._by_id.get(e.get("form"))
        return next((up for up in e.up() if up.tag == "form"), None)

    def _told(self, ids: str) -> str:
        return " ".join(self._by_id[name].text_content if name in self._by_id else "" for name in ids.split())

    def _control(self, e: Element, index: int) -> Control:
        form, role, labels = self._form(e), role_of(e), self._labels(e)
        is_field = e.tag in {"input", "select", "textarea"}
        is_button = e.tag == "input" and role == "button"
        pictures = [
            i for i in e.within() if (i.tag == "img" and i.has("alt")) or (i.tag == "svg" and i.has("aria-label"))
        ]
        names = [
            e.get("aria-label"),
            self._told(e.get("aria-labelledby")),
            *(label.text_content for label in labels),
            self._told(e.get("aria-describedby")),
            (e.get("value") or e.get("alt")) if is_button else "",
            e.get("placeholder") if is_field else "",
            e.get("title"),
            *(i.get("alt") or i.get("aria-label") for i in pictures),
        ]
        at, end = self._stands[e]
        is_toggle = role in {"checkbox", "radio", "switch"}
        outer = next((up for up in e.up() if up is not e and up in self._stands), None)
        said = tuple(said for name in names if (said := clean(name)))
        state, leads = state_of(e), None if _leads_elsewhere(e) else form
        return Control(
            frame=0,
            index=index,
            role=role,
            type=type_of(e),
            id=e.get("id"),
            name=e.get("name"),
            text=self._texts[e],
            names=said,
            beside=self._beside(e, is_toggle=is_toggle, is_field=is_field and role != "button"),
            href=self._address(e.get("href")) if e.tag in {"a", "area"} and e.has("href") else "",
            effects=tuple(self._effects(e, leads)),
            disabled=state != "",
            checked=is_toggle and (e.has("checked") if e.tag == "input" else e.get("aria-checked") == "true"),
            form=self._forms.index(form) if form is not None else -1,
            ancestor=self._entries.index(outer) if outer is not None else -1,
            box=(0, 0, 0, 0),
            span=(at, end),
            labels=tuple(self._spans[label] for label in labels if label in self._spans),
            required=e.has("required") or e.get("aria-required") == "true",
            title="" if said else self._title_over(e, role),
            part=part_of(e),
            state=state,
            is_current=is_current(e),
            classes=tuple(dict.fromkeys(e.get("class").split())),
            carries=tuple(carried(e, leads, self._stands)),
        )

    def _address(self, href: str) -> str:
        joined = f"{self._url}#" if href == "#" else urljoin(self._url, href)
        return quote(joined, safe="!#$%&'()*+,/:;=?@[\\]^_|~")

    def _beside(self, e: Element, *, is_toggle: bool, is_field: bool) -> str:
        at, end = self._stands[e]
        if not is_toggle:
            return clean("".join(self._out[max(0, at - _LOOK_AROUND) : at])).split("\n")[-1] if is_field else ""
        if self._texts[e]:
            return ""
        behind = "".join(self._out[end : end + _LOOK_AROUND])
        if said := clean(behind.split("\n")[0]):
            return said
        row = self._words_around(e)
        return " ".join(row.split("\n")) or clean(behind).split("\n")[0]

    def _words_around(self, e: Element) -> str:
        for up in [*around(e)][1:5]:
            others = [o for o in up.within() if o is not e and _is_control_or_heading(o)]
            if up.tag in _WHOLE or up.get("role") in {"radiogroup", "dialog"} or others:
                return ""
            if re.search(r"[^\W_]", said := clean("".join(self._out[slice(*self._places.get(up, (0, 0)))]))):
                return said if len(up.text_content) <= _LONGEST_ROW else ""
        return ""

    def _title_over(self, e: Element, role: str) -> str:
        at, end = self._stands[e]
        bare = re.sub(r"[^\w\s]|[\d_]", "", self._texts[e]).strip()
        if role not in {"link", "button", "generic"} or not _SAYS_LITTLE.fullmatch(bare):
            return ""
        lines = [(line[0][0], clean("".join(words for _, words in line))) for line in self._worded]
        tiles = [
            (start, to)
            for box, start, to, count in self._boxes
            if start <= at and end <= to and count == 1 and box is not e and box.tag not in {"body", "main"}
            if sum(len(said.split()) for first, said in lines if start <= first < to) <= _LONGEST_TILE
        ]
        for start, to in sorted(tiles, key=lambda tile: tile[1] - tile[0]):
            inside = [title for title in self._titles if start <= title[0] and title[1] <= to and title[3].tag != "h1"]
            headed = [words for first, last, words, _ in inside if not (first <= at and end <= last)]
            if headed:
                return headed[0] if len(headed) == 1 else ""
            own = [line for line in lines if line[0] >= start]
            first = own[0][1] if len(own) > 1 and own[1][0] <= at else ""
            if first and len(first.split()) <= _LONGEST_TITLE and first[-1] not in ".!?:":
                return first
        return ""

    def _effects(self, e: Element, form: Element | None) -> list[str]:
        parts = [e.get("href"), e.get("formaction"), e.get("onclick"), e.get("id"), e.get("name")]
        for name, value in e.attributes.items():
            if name.startswith("data-"):
                parts += [re.sub(r"-([a-z])", lambda found: found[1].upper(), name[5:]), value]
        if type_of(e) in {"submit", "button", "image", "reset"}:
            parts.append(e.get("value"))
        if form is not None:
            parts += [form.get("action"), form.get("id"), form.get("name")]
        return [part for part in parts if part]


def _children(node: Element) -> list[Element | str]:
    shadow = next((c for c in node.children if isinstance(c, Element) and c.has("shadowrootmode")), None)
    return shadow.children if shadow is not None else node.children


def _is_hidden(e: Element) -> bool:
    is_nothing = e.has("hidden") or re.search(r"display:none|(?:^|;)width:0;height:0", e.get("style"))
    return bool(is_nothing) or (e.tag == "input" and e.get("type") == "hidden")


def _is_flat(e: Element) -> bool:
    style, around = e.get("style"), e.parent.get("style") if e.parent is not None else ""
    if re.search(r"float:|position:(?:fixed|absolute)|display:(?:block|flex)", style) or "display:flex" in around:
        return False
    is_button = (
        "btn" in e.get("class").split()
    )  # the one class of the drawn layers that changes a line, see layers.STYLE
    return e.tag in _INLINE | _BLOCKY_INLINE or is_button or "-" in e.tag or "display:inline" in style


def _is_interactive(e: Element) -> bool:
    if e.tag in {"a", "area"} and e.has("href"):
        return True
    if e.tag in {"button", "input", "select", "textarea", "summary"} or e.get("role") in _ROLES or e.has("onclick"):
        return True
    if e.has("tabindex") and e.get("tabindex") != "-1":
        return True
    points = "cursor:pointer" in e.get("style")
    return points and not (e.parent is not None and "cursor:pointer" in e.parent.get("style"))


def _leads_elsewhere(e: Element) -> bool:
    """Whether it is a plain link, which sends no form."""
    is_plain = e.tag == "a" and not e.has("onclick") and bool(e.get("href"))
    return is_plain and not e.get("href").lower().startswith(("#", "javascript:"))


def _is_control_or_heading(e: Element) -> bool:
    if e.tag == "input":
        return e.get("type") != "hidden"
    return e.tag in {"button", "select", "textarea", *_HEADINGS} - {"legend"} or e.get("role") in _CONTROL_ROLES


def _is_alert(e: Element) -> bool:
    if any(up.has("shadowrootmode") for up in e.up()):
        return False
    classes = set(e.get("class").split())
    return e.get("role") == "alert" or "fieldError" in classes or {"alert", "error"} <= classes


def _is_less_than_a_part(e: Element, count: int) -> bool:
    if count > _MOST_IN_A_PART or e.tag in {"body", "main"} or e.get("role") == "main":
        return False
    return not any(o.tag in _PARTS or o.get("role") in _PART_ROLES for o in e.within())
