"""The scripts that look at a page, put together from the files of ``in_page``.

They run in the world of `flows.world`. Each is one function of ``wanted``, and of an element if needed: its parts
share their names, so that what a person sees is defined once.
"""

from __future__ import annotations

from importlib import resources

_SEEING = (
    *("visible.js", "ink.js", "settled.js", "drawn.js", "text.js"),
    *("parts.js", "carried.js", "controls.js", "layers.js", "description.js"),
)
_FOLDER = resources.files("flows") / "in_page"


def source(name: str) -> str:
    """Return the file *name* of ``in_page``."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def seeing(last: str) -> str:
    """Return the function that sees a frame as a person does and then does what the file *last* says."""
    parts = "\n".join(source(name) for name in (*_SEEING, last))
    return f"(wanted, inner) => {{\n{parts}}}"
