"""How a page may be altered before it is drawn: changes to its controls and sentences, the same in every look.

Faults and drift put them into the request (`change_pages`); `mock_portal.online.site.show` applies them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from starlette.types import Scope

from mock_portal.pages.model import (
    Checkbox,
    Choice,
    Form,
    Link,
    Page,
    SigningBlock,
    StatementBlock,
    SubmitButton,
    Tile,
    altered,
)

PageChange = Callable[[Page], Page]

_KEY = "mock_portal.page_changes"
_SHOWN = "mock_portal.shown"


def change_pages(scope: Scope, change: PageChange) -> None:
    """Apply *change* to the page that answers the request of *scope*."""
    scope.setdefault(_KEY, []).append(change)


def changed(scope: Scope, page: Page) -> Page:
    """Return *page* with all the changes that were asked for."""
    for change in cast("list[PageChange]", scope.get(_KEY, [])):
        page = change(page)
    return page


def watch_shown(scope: Scope) -> set[str]:
    """Return the set that collects what gets in the way on the page that answers *scope*."""
    return cast("set[str]", scope.setdefault(_SHOWN, set()))


def tell_shown(scope: Scope, *names: str) -> None:
    """Report what gets in the way on this page."""
    watch_shown(scope).update(names)


def renamed(key: str, words: str) -> PageChange:
    """Give the control *key* another name."""

    def rename(node: Any) -> Any:
        if isinstance(node, Link | SubmitButton) and node.key == key:
            return replace(node, label=words)
        if isinstance(node, Tile) and node.key == key:
            return replace(node, title=words, sentence="")
        return node

    return lambda page: altered(page, rename)


def beside(key: str, words: str, leads: str = "", *, first: bool = True) -> PageChange:
    """Put another control next to *key*, called *words* or the same; it leads to *leads*, or does what *key* does."""

    def add(node: Any) -> Any:
        if not isinstance(node, Link | SubmitButton | Tile) or node.key != key:
            return node
        other: Link | SubmitButton | Tile
        if isinstance(node, Tile):
            sentence = node.sentence if words in ("", node.title) else ""
            other = replace(node, key="", title=words or node.title, href=leads or node.href, sentence=sentence)
        elif isinstance(node, Link):
            other = replace(node, key="", label=words or node.label, href=leads or node.href)
        else:
            label = words or node.label
            other = Link("", label, leads, node.kind) if leads else replace(node, key="", label=label)
        return [other, node] if first else [node, other]

    return lambda page: altered(page, add)


def leading(key: str, leads: str) -> PageChange:
    """Make the control *key* lead to *leads*, or send its form there."""

    def lead(node: Any) -> Any:
        if isinstance(node, Link | Tile) and node.key == key:
            return replace(node, href=leads)
        if isinstance(node, Form) and node.key == key:
            return replace(node, action=leads)
        return node

    return lambda page: altered(page, lead)


def in_new_tab(key: str) -> PageChange:
    """Make the control *key* open a tab of its own."""

    def open_tab(node: Any) -> Any:
        return replace(node, new_tab=True) if isinstance(node, Link | Tile) and node.key == key else node

    return lambda page: altered(page, open_tab)


def also_saying(words: str, *, first: bool = True) -> PageChange:
    """Put another sentence next to the one that says what going on means."""

    def say(node: Any) -> Any:
        if _is_statement(node):
            return [StatementBlock(words), node] if first else [node, StatementBlock(words)]
        return node

    return lambda page: altered(page, say)


def stating(words: str) -> PageChange:
    """Make the page say *words* in place of what going on means."""

    def state(node: Any) -> Any:
        if isinstance(node, StatementBlock | Checkbox) and _is_statement(node):
            return replace(node, words=words)
        if isinstance(node, Choice) and node.is_statement:
            return replace(node, options=(replace(node.options[0], words=words), *node.options[1:]))
        return node

    return lambda page: altered(page, state)


def sending(key: str, name: str, value: str) -> PageChange:
    """Make the form of *key* send one thing more."""

    def send(node: Any) -> Any:
        if isinstance(node, Form) and node.key == key:
            return replace(node, hidden=(*node.hidden, (name, value)))
        return node

    return lambda page: altered(page, send)


def calling_code(caption: str, last_step: str) -> PageChange:
    """Make the signing page call the code something else."""

    def call(node: Any) -> Any:
        return replace(node, caption=caption, last_step=last_step) if isinstance(node, SigningBlock) else node

    return lambda page: altered(page, call)


def says(page: Page, words: str) -> bool:
    """Return whether *words* are in the sentence that says what going on means."""
    found: list[bool] = []

    def look(node: Any) -> Any:
        if isinstance(node, StatementBlock | Checkbox) and _is_statement(node):
            found.append(words in _plain(node.words))
        return node

    altered(page, look)
    return any(found)


def _plain(words: str) -> str:
    return words.replace("<strong>", "").replace("</strong>", "")


def _is_statement(node: object) -> bool:
    return isinstance(node, StatementBlock) or (isinstance(node, Checkbox | Choice) and node.is_statement)
