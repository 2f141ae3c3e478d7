"""What an element's markup alone says about it: its part of the page, its role, what a form would send.

It follows ``parts.js``, ``carried.js`` and ``controls.js`` of ``flows/in_page``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from flows.observation import Part, State
from tests.assistant.cases.proof.tree import Element

_LANDMARKS: dict[str, Part] = {
    **dict.fromkeys(("dialog", "alertdialog"), "dialog"),
    "main": "main",
    **dict.fromkeys(("nav", "navigation", "menubar", "menu", "tree"), "navigation"),
    **dict.fromkeys(("footer", "contentinfo"), "footer"),
    **dict.fromkeys(("header", "banner"), "header"),
    **dict.fromkeys(("aside", "complementary"), "aside"),
}
_SECTIONS = frozenset({"article", "section", "main"})
_SECTION_ROLES = frozenset({"main", "article", "region"})
_PLACES = frozenset({"header", "nav", "footer", "aside"})
_PLACE_ROLES = frozenset({"banner", "navigation", "contentinfo", "complementary", "search", "log", "marquee", "timer"})
_CONTENT = frozenset({"main", "article", "section", "form", "dialog"})
_FIELDS = frozenset({"checkbox", "radio", "switch", "textbox", "combobox"})
_LISTED = frozenset({"button", "fieldset", "input", "object", "output", "select", "textarea"})
_LONGEST_VALUE = 200


def around(e: Element) -> Iterator[Element]:
    """Yield *e* and what is around it; a shadow tree's parts stand in their host."""
    return (up for up in e.up() if not up.has("shadowrootmode"))


def clean(text: str) -> str:
    """Put spaces and line ends in order, as the page's own script does."""
    return re.sub(r" *\n[ \n]*", "\n", re.sub(r"[ \t\r\f]+", " ", text)).strip()


def type_of(e: Element) -> str:
    """Return the property ``type``."""
    default = {"button": "submit", "input": "text", "textarea": "textarea", "select": "select-one"}
    return e.get("type") or default.get(e.tag, "") if e.tag in default else ""


def role_of(e: Element) -> str:
    """Return the role, the given one before the element's own."""
    if e.get("role"):
        return e.get("role")
    if e.tag == "input":
        kind = type_of(e)
        if kind in {"submit", "button", "reset", "image"}:
            return "button"
        return kind if kind in {"checkbox", "radio"} else "textbox"
    named = {"a": "link", "area": "link", "select": "combobox", "textarea": "textbox"}
    return named.get(e.tag) or ("button" if e.tag in {"button", "summary"} else "generic")


def is_dialog(e: Element) -> bool:
    """Whether its markup makes it a dialog."""
    return e.tag == "dialog" or e.get("role") in {"dialog", "alertdialog"} or e.get("aria-modal") == "true"


def is_modal(e: Element) -> bool:
    """Whether its markup says that nothing behind it can be used."""
    return e.get("aria-modal") == "true" or e.get("role") == "alertdialog"


def part_of(e: Element) -> Part:
    """Return the part of the page, by its landmark. We can't know bars here that are recognised by their position."""
    return next((part for up in around(e) if up.tag not in {"body", "html"} and (part := _landmark(up))), "")


def _landmark(e: Element) -> Part:
    part = _LANDMARKS.get(e.get("role") or e.tag) or ("dialog" if e.get("aria-modal") == "true" else "")
    inner = (up for up in around(e) if up is not e)
    if part in {"header", "footer"} and any(u.tag in _SECTIONS or u.get("role") in _SECTION_ROLES for u in inner):
        return ""
    return part


def is_place(e: Element) -> bool:
    """Whether it is a part the page isn't about."""
    if e.tag not in _PLACES and e.get("role") not in _PLACE_ROLES:
        return False
    inner = (up for up in around(e) if up is not e)
    return e.tag not in {"header", "footer"} or not any(
        up.tag in _CONTENT or up.get("role") in {"main", "dialog"} for up in inner
    )


def state_of(e: Element) -> State:
    """Return why it can't be used. We can't know here if a text must be read first: that depends on its height."""
    if any(up.get("aria-busy") == "true" and up.tag not in {"html", "body", "main"} for up in around(e)):
        return "busy"
    is_off = e.has("disabled") or any(up.get("aria-disabled") == "true" for up in around(e))
    return "disabled" if is_off else ""


def is_current(e: Element) -> bool:
    """Whether it leads to what is already shown."""
    is_chosen = role_of(e) == "tab" and e.get("aria-selected") == "true"
    return is_chosen or e.get("aria-current") not in {"", "false", "null"}


def chosen(e: Element) -> Element | None:
    """Return a list's selected option."""
    options = [o for o in e.within() if o.tag == "option"]
    return next((o for o in options if o.has("selected")), options[0] if options else None)


def heading_in(e: Element) -> str:
    """Return the first heading in it."""
    tags = {"h1", "h2", "h3", "h4", "h5", "h6", "legend"}
    found = (o for o in e.within() if o.tag in tags or o.get("role") == "heading")
    return next((said for o in found if (said := clean(o.text_content))), "")


def carried(e: Element, form: Element | None, seen: Collection[Element]) -> Iterator[str]:
    """Yield what a press on *e* would send with *form* besides what a person sees; *seen* are all controls in sight."""
    if form is None or role_of(e) in _FIELDS:
        return
    root = [*form.up()][-1]
    for one in root.within():
        if one.tag in _LISTED and not one.has("disabled") and _belongs(one, form):
            yield from (pair for pair in _sent(one, one in seen) if pair != "=")
    if e.tag == "button" and e.get("value"):
        yield _pair(e.get("name"), e.get("value"))


def _belongs(e: Element, form: Element) -> bool:
    if e.has("form"):
        return bool(form.get("id")) and e.get("form") == form.get("id")
    return next((up for up in e.up() if up.tag == "form"), None) is form


def _sent(e: Element, is_seen: bool) -> Iterator[str]:
    kind = type_of(e)
    if e.tag == "select":
        option = chosen(e)
        if option is not None:
            label = clean(option.text_content)
            value = option.get("value") if option.has("value") else label
            yield _pair(e.get("name"), value)
            yield _pair("", "" if label == value else label)
    elif kind == "hidden":
        yield _pair(e.get("name"), e.get("value"))
    elif kind in {"checkbox", "radio"} and e.has("checked"):
        unseen = "" if is_seen else f" {e.get('name') or e.get('id') or 'x'}"
        yield _pair(e.get("name"), f"{e.get('value')}{unseen}")


def _pair(name: str, value: str) -> str:
    has_words = re.search(r"[^\W\d_]{2}", value)
    return f"{name}={value[:_LONGEST_VALUE] if has_words else ''}"
