"""Other ids and classes, in pages, style sheets and for the pages' own scripts."""

from __future__ import annotations

import json
import re
from hashlib import blake2s

from mock_portal.drift.change import DriftedPage, change

_SELECTOR = re.compile(r"[^{}]+(?=\{)")
_NAME = re.compile(r"([.#])([A-Za-z_][\w-]*)")
_REFERENCES = ("for", "form", "list", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
LOOK_UP = """(() => {
  const names = %s;
  const deep = %s;
  const other = (selector) => selector.replace(
    /([.#])([A-Za-z_][\\w-]*)/g, (found, mark, name) => mark + (names[name] || name));
  const roots = () => {
    const found = [document];
    for (let i = 0; deep && i < found.length; i++) {
      for (const el of all.call(found[i], '*')) if (el.shadowRoot) found.push(el.shadowRoot);
    }
    return found;
  };
  const all = function (selector) {
    return (this === document ? selectAll : DocumentFragment.prototype.querySelectorAll).call(this, selector);
  };
  const selectAll = Document.prototype.querySelectorAll;
  Document.prototype.querySelectorAll = function (selector) {
    return roots().flatMap((root) => [...all.call(root, other(selector))]);
  };
  Document.prototype.querySelector = function (s) { return this.querySelectorAll(s)[0] || null; };
  Document.prototype.getElementById = function (id) {
    return this.querySelectorAll('[id="' + CSS.escape(names[id] || id) + '"]')[0] || null;
  };
})();"""
"""Lets the pages' own scripts find their elements: by old names and, if wanted, in open shadow trees."""


def renamed(name: str, seed: int) -> str:
    """Return the name that *seed* gives *name*."""
    return "n" + blake2s(f"{seed} {name}".encode(), digest_size=4).hexdigest()


def stylesheet(css: str, seed: int) -> str:
    """Return *css* with its selectors renamed."""

    def selector(match: re.Match[str]) -> str:
        return _NAME.sub(lambda m: m[1] + renamed(m[2], seed), match[0])

    return _SELECTOR.sub(selector, css)


@change("names")
def names(page: DriftedPage) -> None:
    """Rename every id and class; whatever refers to them follows."""
    known: dict[str, str] = {}

    def new(name: str) -> str:
        return known.setdefault(name, renamed(name, page.seed))

    ids = {str(tag["id"]) for tag in page.soup.find_all(id=True)}
    for tag in page.soup.find_all(True):
        if tag.get("id"):
            tag["id"] = new(str(tag["id"]))
        classes = tag.get_attribute_list("class") if tag.get("class") else []
        if classes:
            tag["class"] = " ".join(new(str(name)) for name in classes)
        for attribute in [a for a in tag.attrs if a in _REFERENCES or a.startswith("data-")]:
            value = str(tag[attribute])
            if value and all(word in ids for word in value.split()):
                tag[attribute] = " ".join(new(word) for word in value.split())
        href = str(tag.get("href", ""))
        if href.startswith("#") and href[1:] in ids:
            tag["href"] = f"#{new(href[1:])}"
    page.script(LOOK_UP % (json.dumps(known), "false"), first=True)
