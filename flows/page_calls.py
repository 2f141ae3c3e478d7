"""What handlers do to their own page: calls that take away, close or empty a part of the document, and no more.

We recognise them by the method and whose it is. A method that only pages have ("removeAttribute") counts whatever its
arguments; one with many meanings ("remove", "close", "reset") only on an element, an event or the window; "delete" and
"clear" only on a collection in memory, never on an address. Anything named after a consent or a certificate stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_ARGUMENTS = r"\((?:[^()'\"]++|'[^']*+'|\"[^\"]*+\"|\([^()]*+\))*+\)"
_CALL = re.compile(
    rf"(?<![$\w.])(?P<of>(?:[$\w]++(?:{_ARGUMENTS}|\[[^\]]*+\])?+\s*+\??\.\s*+)*)(?P<name>[$\w]++)\s*+(?P<with>{_ARGUMENTS})"
)
"""Written without backtracking: a page's code may be as long and as odd as it likes."""
_OF_PAGES = re.compile(
    r"remove(?:attribute|attr|child|eventlistener|class|prop|property|css)|clear(?:timeout|interval|immediate)"
    r"|cancel(?:animationframe|idlecallback)|preventdefault|stop(?:immediate)?propagation|(?:hide|close)popover"
    r"|replacechildren|disconnect|unobserve|setcustomvalidity"
)
_OF_ELEMENTS = frozenset(["remove", "close", "reset", "blur", "cancel", "stop", "pause", "clear", "hide", "abort"])
_ELEMENT = re.compile(
    r"(?:^|\.)(?:this|self|event|evt|ev|e|document|window|top|parent\w*|\w*element|elem|el|node|target|currenttarget"
    r"|srcelement|form|forms|queryselector\w*|getelement\w*|closest|firstchild|lastchild|nextsibling|previoussibling"
    r"|classlist|style|dataset|dialog|modal|popup|overlay|toast|menu|panel|timer|controller|animation|spinner|loader)$",
    re.IGNORECASE,
)
_OF_COLLECTIONS = frozenset(("delete", "clear"))
_NETWORK = re.compile(
    r"(?:^|\.)\$?(?:http\w*|axios|ajax|api|rest|client|fetch\w*|request|service|jquery|\$|db|store|sql|repo\w*)$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:cancelbubble|cancelable)\b|\.style(?:\.\w+|\['[\w-]+'\])\s*=\s*(?:'[^']*'|\"[^\"]*\")",
    re.IGNORECASE,
)
_BRACKETS = re.compile(rf"{_ARGUMENTS}|\[[^\]]*\]|[\s?]")


def without_page_calls(code: str, is_weighty: Callable[[str], bool]) -> str:
    """Return *code* without the calls that only touch its own page, except those with a name that *is_weighty*."""

    def left(found: re.Match[str]) -> str:
        owner = _BRACKETS.sub("", found["of"]).rstrip(".")
        return " " if _is_of_the_page(owner, found["name"].lower(), found["with"], is_weighty) else found[0]

    return _CALL.sub(left, _BARE.sub(" ", code.replace("closest(", "at(")))


def _is_of_the_page(owner: str, name: str, arguments: str, is_weighty: Callable[[str], bool]) -> bool:
    if is_weighty(owner):
        return False
    if _OF_PAGES.fullmatch(name) or owner.lower().endswith("classlist"):
        return True
    if name in _OF_ELEMENTS and bool(_ELEMENT.search(owner)):
        return arguments.strip("() ") == "" or name in {"close", "abort"}
    is_kept = bool(_NETWORK.search(owner)) or "/" in arguments or is_weighty(arguments)
    return name in _OF_COLLECTIONS and bool(owner) and not is_kept


def as_data() -> dict[str, object]:
    """Return these rules as data, for the same check in a page: see `flows.shield_words`."""
    return {
        "ofElements": sorted(_OF_ELEMENTS),
        "ofCollections": sorted(_OF_COLLECTIONS),
        "patterns": {
            "call": _CALL,
            "ofPages": _OF_PAGES,
            "element": _ELEMENT,
            "network": _NETWORK,
            "bare": _BARE,
            "brackets": _BRACKETS,
        },
    }
