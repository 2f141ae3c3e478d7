"""What says which field or box is which: a label around it, tied to it, next to it, or an attribute."""

from __future__ import annotations

from bs4 import Tag

from mock_portal.drift.change import DriftedPage, change

_NAMING = ("aria-label", "title", "placeholder", "aria-labelledby")


@change("labels")
def labels(page: DriftedPage) -> None:
    """Say in another way what fields and boxes are."""
    for number, label in enumerate(page.main.find_all("label")):
        field = _field_of(page, label)
        if field is None:
            continue
        for attribute in _NAMING:
            field.attrs.pop(attribute, None)
        is_box = field.get("type") in {"checkbox", "radio"}
        ways = [_tied, _beside, _labelled_by] if is_box else [_around, _beside, _labelled_by, _aria, _placeholder]
        page.random.choice(ways)(page, label, field, f"etiket{number}")


def _field_of(page: DriftedPage, label: Tag) -> Tag | None:
    if label.get("for"):
        return page.main.find(id=str(label["for"]))
    return label.find("input")


def _words(label: Tag) -> str:
    return " ".join(label.get_text(" ", strip=True).split())


def _around(_page: DriftedPage, label: Tag, field: Tag, _name: str) -> None:
    label.attrs.pop("for", None)
    label.append(field.extract())


def _tied(_page: DriftedPage, label: Tag, field: Tag, name: str) -> None:
    field["id"] = field.get("id") or name
    label.insert_before(field.extract())
    label["for"] = str(field["id"])


def _beside(_page: DriftedPage, label: Tag, _field: Tag, _name: str) -> None:
    label.name = "div"
    label.attrs.pop("for", None)


def _labelled_by(_page: DriftedPage, label: Tag, field: Tag, name: str) -> None:
    label.attrs.pop("for", None)
    label.name = "div"
    words = label.find("span") or label
    words["id"] = name
    field["aria-labelledby"] = name


def _aria(_page: DriftedPage, label: Tag, field: Tag, _name: str) -> None:
    field["aria-label"] = _words(label)
    label.decompose()


def _placeholder(_page: DriftedPage, label: Tag, field: Tag, _name: str) -> None:
    field["placeholder"] = _words(label)
    label.decompose()
