"""What the formats made from HTML share: templates, extra words, dates, styles."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from assistant.base.words import words
from assistant.guide.formats.logo import logo_content
from assistant.guide.model import Brand, Text, plain
from flows.steps import Language

_HYPHENED = re.compile(r"(?<=.)\b[Ee]-\w+")
"""Not at the start: no line breaks there, and a PDF's text would lose the space before the element."""
_TYPES = {".png": "image/png", ".webp": "image/webp", ".svg": "image/svg+xml", ".jpg": "image/jpeg"}


def labels(language: Language) -> dict[str, str]:
    """Return the words that only a page needs."""
    return words("guide", language).group("page")


def render(template: str, **context: Any) -> str:
    """Return the filled *template* of this package."""
    return _environment().get_template(template).render(**context)


def style(*names: str, **context: Any) -> str:
    """Return the style sheets *names* of this package, one after the other."""
    return "\n".join(_environment().get_template(name).render(**context) for name in names)


def policy(sheet: str, images_from: str = "data:") -> str:
    """Return a content security policy that allows exactly this style *sheet*, and pictures, and nothing else."""
    hashed = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    wanted = f"default-src 'none'; img-src {images_from}; style-src 'sha256-{hashed}'"
    return f"{wanted}; base-uri 'none'; form-action 'none'"


def data_uri(content: bytes, suffix: str) -> str:
    """Return *content*, a picture with the suffix *suffix*, as an address of its own."""
    return f"data:{_TYPES[suffix.lower()]};base64,{base64.b64encode(content).decode()}"


def logo_uri(brand: Brand) -> str:
    """Return the institution's logo as an address of its own; empty for none."""
    found = logo_content(brand)
    return data_uri(found[1], f".{found[0]}") if found else ""


def _whole(text: str) -> Markup:
    """Return *text* as HTML that never breaks a line inside E-Onay, e-imza or e-Devlet."""
    return Markup(_HYPHENED.sub(r'<span class="whole">\g<0></span>', str(escape(text))))  # noqa: S704 - escaped


def _html(text: Text) -> Markup:
    """Return a paragraph's words as HTML."""
    parts = []
    for span in text:
        words = _whole(span.text)
        if span.link:
            words = Markup('<a href="{}">{}</a>').format(span.link, words)
        parts.append(Markup("<strong>{}</strong>").format(words) if span.strong else words)
    return Markup("").join(parts)


def _css_string(text: str) -> Markup:
    """Return *text* as a string of a style sheet; no character of it can end the string or the sheet."""
    kept = "".join(char if char.isalnum() or char in " .,:;-–—·/()" else f"\\{ord(char):x} " for char in text)
    return Markup(f'"{kept}"')  # noqa: S704 - every character with a meaning is written as its number


def _kind(block: object) -> str:
    return type(block).__name__.lower()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("assistant.guide.formats"),
        autoescape=select_autoescape(("html.j2", "xml.j2")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "html": _html,
        "plain": plain,
        "css_string": _css_string,
        "kind": _kind,
        "whole": _whole,
    }
    return environment
