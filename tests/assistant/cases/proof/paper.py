"""What would be seen of a page, told from its HTML alone: the rules can be tried on thousands of pages without a browser.

It follows ``flows/in_page`` for pages without style sheets and scripts, and ``test_paper.py`` holds it against a real
browser's own observation of the same pages, so that the two cannot drift apart.
"""

from __future__ import annotations

import re
from typing import cast
from urllib.parse import quote, urljoin

from playwright.sync_api import Frame, Page

from flows.observation import Control, DialogView, FrameView, Run, Span, TabView
from flows.world import Place
from tests.assistant.cases.proof.tree import Element, parse

URL = "http://onlineislemler.localhost:8123/landing"
_SKIPPED = frozenset({"script", "style", "noscript", "template", "head", "iframe", "object", "svg"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend"})
_QUOTING = frozenset({"q", "blockquote", "figure", "cite"})
_INLINE = frozenset({"a", "abbr", "b", "cite", "em", "i", "label", "q", "small", "span", "strong", "u", "img", "mark"})
_BLOCKY_INLINE = frozenset({"button", "input", "select", "textarea"})
_ROLES = frozenset({"button", "link", "checkbox", "radio", "tab", "menuitem", "option", "switch"})
_PARTS = frozenset({"header", "nav", "main", "footer", "aside"})
_PART_ROLES = frozenset({"banner", "navigation", "main", "contentinfo"})
_MOST_IN_A_PART = 8
_LOOK_AROUND = 16
_LABELLABLE = frozenset({"button", "input", "select", "textarea"})


def clean(text: str) -> str:
    """Put spaces and line ends in order, as the page's own script does."""
    return re.sub(r" *\n[ \n]*", "\n", re.sub(r"[ \t\r\f]+", " ", text)).strip()


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
        self._boxes: list[tuple[Element, int, int, int]] = []
        self._forms = [e for e in root.within() if e.tag == "form"]
        self._by_id = {e.get("id"): e for e in root.within() if e.get("id")}
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
        """The frame as it is seen."""
        runs = self._runs()
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
            alerts=tuple(
                said for e in self._root.within() if e.get("role") == "alert" and (said := clean(e.text_content))
            ),
            controls=tuple(self._control(e, index) for index, e in enumerate(self._entries)),
            runs=tuple(tuple((at, clean(words)) for at, words in line if clean(words)) for line in runs),
            boxes=tuple(box[1:3] for box in self._boxes if _is_less_than_a_part(box[0], box[3])),
            dialogs=tuple(DialogView(span, _is_modal(e)) for e, span in self._spans.items() if _is_dialog(e)),
        )

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
        if e.tag == "select":
            # What it offers is in the tree but not drawn: only the line ends around each are left of it.
            out.extend("\n\n" * sum(o.tag == "option" for o in e.within()))
            out.extend((_chosen(e), "\n"))
        else:
            self._collect(e)
        if is_entry:
            self._stands[e][0] = start
        if e.tag == "label" or _is_dialog(e):
            self._spans[e] = (start, len(out))
        if not is_flat and len(self._entries) > before:
            self._boxes.append((e, start, len(out), len(self._entries) - before))
        words = clean("".join(out[start:]))
        if is_entry:
            self._texts[e] = words
        if words and (e.tag in _HEADINGS or (e.get("role") == "heading" and not is_entry)):
            self._headings.append(words)
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
        form, role, labels = self._form(e), _role(e), self._labels(e)
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
        around = next((up for up in e.up() if up is not e and up in self._stands), None)
        return Control(
            frame=0,
            index=index,
            role=role,
            type=_type(e),
            id=e.get("id"),
            name=e.get("name"),
            text=self._texts[e],
            names=tuple(said for name in names if (said := clean(name))),
            beside=self._near(at, forward=role in {"checkbox", "radio"}) if is_field and not is_button else "",
            href=self._address(e.get("href")) if e.tag in {"a", "area"} and e.has("href") else "",
            effects=tuple(self._effects(e, form)),
            disabled=e.has("disabled") or e.get("aria-disabled") == "true",
            checked=is_toggle and (e.has("checked") or e.get("aria-checked") == "true"),
            form=self._forms.index(form) if form is not None else -1,
            ancestor=self._entries.index(around) if around is not None else -1,
            box=(0, 0, 0, 0),
            span=(at, end),
            labels=tuple(self._spans[label] for label in labels if label in self._spans),
            required=e.has("required") or e.get("aria-required") == "true",
        )

    def _address(self, href: str) -> str:
        joined = f"{self._url}#" if href == "#" else urljoin(self._url, href)
        return quote(joined, safe="!#$%&'()*+,/:;=?@[\\]^_|~")

    def _near(self, at: int, *, forward: bool) -> str:
        pieces = self._out[at : at + _LOOK_AROUND] if forward else self._out[max(0, at - _LOOK_AROUND) : at]
        lines = clean("".join(pieces)).split("\n")
        return lines[0] if forward else lines[-1]

    def _effects(self, e: Element, form: Element | None) -> list[str]:
        goes = e.tag == "a" and not e.has("onclick") and not e.get("href").startswith(("#", "javascript:"))
        if goes and e.get("href"):
            form = None
        parts = [e.get("href"), e.get("formaction"), e.get("onclick"), e.get("id"), e.get("name")]
        for name, value in e.attributes.items():
            if name.startswith("data-"):
                parts += [re.sub(r"-([a-z])", lambda found: found[1].upper(), name[5:]), value]
        if _type(e) in {"submit", "button", "image", "reset"}:
            parts.append(e.get("value"))
        if form is not None:
            parts += [form.get("action"), form.get("id"), form.get("name")]
            for hidden in (i for i in form.within() if i.tag == "input" and i.get("type") == "hidden"):
                parts.append(hidden.get("name"))
                if re.fullmatch(r"(?:[^\W\d]|-){2,40}", hidden.get("value")):
                    parts.append(hidden.get("value"))
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


def _is_dialog(e: Element) -> bool:
    return e.tag == "dialog" or e.get("role") in {"dialog", "alertdialog"} or e.get("aria-modal") == "true"


def _is_modal(e: Element) -> bool:
    return e.get("aria-modal") == "true" or e.get("role") == "alertdialog"


def _is_less_than_a_part(e: Element, count: int) -> bool:
    if count > _MOST_IN_A_PART or e.tag in {"body", "main"} or e.get("role") == "main":
        return False
    return not any(o.tag in _PARTS or o.get("role") in _PART_ROLES for o in e.within())


def _type(e: Element) -> str:
    default = {"button": "submit", "input": "text", "textarea": "textarea", "select": "select-one"}
    return e.get("type") or default.get(e.tag, "") if e.tag in default else ""


def _role(e: Element) -> str:
    if e.get("role"):
        return e.get("role")
    if e.tag == "input":
        kind = _type(e)
        return (
            "button"
            if kind in {"submit", "button", "reset", "image"}
            else kind
            if kind in {"checkbox", "radio"}
            else "textbox"
        )
    named = {
        "a": "link",
        "area": "link",
        "select": "combobox",
        "textarea": "textbox",
        "button": "button",
        "summary": "button",
    }
    return named.get(e.tag, "generic")


def _chosen(e: Element) -> str:
    options = [o for o in e.within() if o.tag == "option"]
    return next(
        (clean(o.text_content) for o in options if o.has("selected")), clean(options[0].text_content) if options else ""
    )
