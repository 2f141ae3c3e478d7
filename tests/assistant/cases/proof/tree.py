"""HTML as a tree of elements: enough for well-formed pages like the generated ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass(eq=False)
class Element:
    """One element, with its children in order."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = field(default=None, repr=False)
    children: list[Element | str] = field(default_factory=list, repr=False)

    def get(self, name: str) -> str:
        """Return an attribute; empty if it is missing."""
        return self.attributes.get(name, "")

    def has(self, name: str) -> bool:
        """Whether it has this attribute."""
        return name in self.attributes

    def within(self) -> Iterator[Element]:
        """Yield all elements in it, in document order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.within()

    def up(self) -> Iterator[Element]:
        """Yield it and all elements around it, the innermost first."""
        here: Element | None = self
        while here is not None:
            yield here
            here = here.parent

    @property
    def text_content(self) -> str:
        """All text in it, as the DOM has it."""
        return "".join(child if isinstance(child, str) else child.text_content for child in self.children)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#document", {})
        self._at = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr" and self._at.tag == "table":  # as browsers do
            self.handle_starttag("tbody", [])
        made = Element(tag, {name: value or "" for name, value in attrs}, self._at)
        self._at.children.append(made)
        if tag not in _VOID:
            self._at = made

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if tag == "table" and self._at.tag == "tbody":
            self.handle_endtag("tbody")
        if tag != self._at.tag or self._at.parent is None:
            raise ValueError(f"</{tag}> closes no <{self._at.tag}>")
        self._at = self._at.parent

    def handle_data(self, data: str) -> None:
        self._at.children.append(data)


def parse(html: str) -> Element:
    """Return the document of *html*. Raises `ValueError` where an element is not closed in its turn."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root
