"""How we find the one control we mean, rule by rule, on controls made of plain data."""

from __future__ import annotations

from typing import Any

import pytest

from flows import Control, ControlError, TabView
from flows.controls import find, find_all, is_titled, matches
from flows.look import ControlSpec
from tests.flows.drawn_by_hand import control, tab

ONE, OTHER = "http://onlineislemler.localhost:8123/a", "http://onlineislemler.localhost:8123/b"


def spec(*labels: str, **more: Any) -> ControlSpec:
    """Return the description of a control with these labels."""
    rest = {"hint": "", "ids": (), "names": (), "types": (), "also": (), "never": (), "weighty": False}
    return ControlSpec(**{"name": "it", "kind": "press", "labels": labels, **rest, **more})


def field(**changes: Any) -> Control:
    """Return a text field."""
    return control(role="textbox", **changes)


def box(**changes: Any) -> Control:
    """Return a checkbox."""
    return control(role="checkbox", **changes)


def texts(found: list[Control]) -> list[str]:
    """Return what the controls say."""
    return [one.text for one in found]


DEVAM = spec("Devam", "Devam Et")
NUMBER = spec("Kimlik No", kind="field")
AGREE = spec("onay veriyorum", kind="toggle")


# --- by label --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "fits"),
    [
        (control("Devam"), True),
        (control("Devam Et"), True),
        (control("Devamı"), False),
        (control("", names=("Devam",)), True),
        (control("İleri", names=("Devam",)), False),
        (control("Devam Et >", names=("Devam",)), True),
        (control("Dev", names=("Devam",)), True),
        (control("tıklayınız", names=("Devam",)), True),
        (control("Buradan", names=("Devam",)), True),
        (control("Adım 2\nDevam"), True),
        (control("Adım 2\nSon\nDevam"), True),
        (control("Adım 2\nSon\nBir\nDevam"), False),
        (control("Adım 2\nDevam\nSon\nBir"), False),
        (control("Devam\nAdım 2\nSon\nBir"), True),
        (control("Devam", role="textbox"), False),
        (control("Devam", role="checkbox"), False),
        (control("Devam", is_current=True), False),
        (control("Devam", role="link"), True),
    ],
)
def test_a_press_is_found_by_its_label(one: Control, fits: bool) -> None:
    """Its text, a name that fits what is painted, one of three lines or the first of more. Never a field or a box."""
    assert matches(one, DEVAM) is fits


@pytest.mark.parametrize("place", [{"text": "Devam SSL"}, {"names": ("SSL",)}, {"title": "SSL"}])
def test_another_services_name_speaks_against_it(place: dict[str, Any]) -> None:
    """If another service's name is anywhere on the control, it is another control, whatever its label."""
    named = spec("Devam", "Devam SSL", never=("SSL",))
    assert matches(control("Devam"), named)
    assert not matches(control(**{"text": "Devam", **place}), named)


@pytest.mark.parametrize(
    ("one", "fits"),
    [
        (box(names=("Okudum, onay veriyorum.",)), True),
        (box(text="Okudum, onay veriyorum."), True),
        (box(title="Okudum, onay veriyorum."), True),
        (box(names=("Okudum",)), False),
        (control(role="radio", names=("onay veriyorum",)), True),
        (control(role="switch", names=("onay veriyorum",)), True),
        (control("onay veriyorum"), False),
    ],
)
def test_a_box_is_found_by_what_it_says(one: Control, fits: bool) -> None:
    """A box's label only has to contain the words. A button with the same words is not a box."""
    assert matches(one, AGREE) is fits


@pytest.mark.parametrize(
    ("one", "fits"),
    [
        (field(names=("Kimlik No",)), True),
        (field(names=("Kimlik No *:",)), True),
        (field(names=("x", "Kimlik No")), True),
        (field(names=("Kimlik No ve adı",)), False),
        (field(text="Kimlik No"), False),
        (control(role="combobox", names=("Kimlik No",)), True),
        (control(role="searchbox", names=("Kimlik No",)), True),
        (control(names=("Kimlik No",)), False),
    ],
)
def test_a_field_is_found_by_its_label(one: Control, fits: bool) -> None:
    """A field's name is the whole label, with or without its colon and star. What is typed in it doesn't count."""
    assert matches(one, NUMBER) is fits


@pytest.mark.parametrize(
    ("one", "fits"),
    [
        (control("×"), True),
        (control("✕"), True),
        (control("", names=("Kapat",)), True),
        (control("", names=("x", "Pencereyi kapat")), True),
        (control("", names=("Close dialog",)), True),
        (control("", names=("Hesabımı kapat",)), False),
        (control(""), False),
    ],
)
def test_a_cross_may_be_named_instead_of_drawn(one: Control, fits: bool) -> None:
    """A control whose name means "close" is the cross. One that closes something else is not."""
    assert matches(one, spec("×")) is fits
    assert not matches(control("", names=("Kapat",)), spec("★"))
    assert not matches(control("", names=("Kapat",)), DEVAM)


def test_a_tile_is_its_title_and_its_own_hint() -> None:
    """After its title a tile may go on with its own hint, but with no other sentence."""
    tile = spec("E-Onay", "E-Onay İşlemleri", hint="Onay için tıklayınız")
    assert matches(control("E-Onay İşlemleri Onay için tıklayınız."), tile)
    assert matches(control("E-Onay Onay için tıklayınız"), tile)
    assert matches(control("", names=("E-Onay: Onay için tıklayınız",)), tile)
    assert not matches(control("E-Onay İşlemleri İptal için tıklayınız"), tile)
    assert not matches(control("Eski Onay için tıklayınız"), tile)
    assert not matches(control("E-Onay Hakkında"), spec("E-Onay"))


# --- what else we go by ----------------------------------------------------------------------------------


def test_a_link_that_says_nothing_has_its_tiles_title() -> None:
    """A tile's title stands in only for a press without legal weight, and only if nothing has the label."""
    titled = control("tıklayınız", title="Devam")
    assert is_titled(titled, DEVAM)
    assert not is_titled(control("tıklayınız"), DEVAM)
    assert not is_titled(control("tıklayınız", title="Geri"), DEVAM)
    assert not is_titled(control("tıklayınız", title="Devam", is_current=True), DEVAM)
    assert not is_titled(control("tıklayınız", title="Devam"), spec("Devam", never=("Devam",)))
    assert not is_titled(box(title="Devam"), spec("Devam", kind="toggle"))
    assert find_all(tab(titled), DEVAM)
    assert not find_all(tab(titled), spec("Devam", weighty=True))
    assert texts(find_all(tab(titled, control("Devam")), DEVAM)) == ["Devam"]


def test_other_names_are_tried_in_their_order() -> None:
    """A name from other sources counts only if the portal's own is missing, and earlier names come first."""
    named = spec("NES İşlemleri", also=("E-imza İşlemleri", "NES"))
    nes, imza, own = control("NES"), control("E-imza İşlemleri"), control("NES İşlemleri")
    assert texts(find_all(tab(nes, imza, own), named)) == ["NES İşlemleri"]
    assert texts(find_all(tab(nes, imza), named)) == ["E-imza İşlemleri"]
    assert texts(find_all(tab(nes), named)) == ["NES"]
    assert find_all(tab(control("Git", title="NES")), named)
    assert not find_all(tab(control("SSL")), named)


def _cards(*titles: str, own_box: bool = True, long: str = "") -> TabView:
    """Return a page of cards, each with a title (and a long sentence) above a link that says "Giriş"."""
    lines, boxes, links = [], [], []
    for number, title in enumerate(titles):
        at = number * 10
        lines += [((at, f"{title}{long}"),), ((at + 5, "Giriş"),)]
        boxes.append((at, at + 9))
        links.append(control("Giriş", span=(at + 5, at + 6), href=f"{ONE}{number}"))
    return tab(*links, lines=tuple(lines), boxes=((0, 99), *boxes) if own_box else ((0, 99),))


def test_a_link_under_another_services_name_is_that_services() -> None:
    """Several links all say the same word. We leave out the one whose own block names another service."""
    entry = spec("e-Devlet ile Giriş", also=("Giriş",), never=("SSL", "KEP"))
    assert [one.href for one in find_all(_cards("SSL", "NES", "KEP"), entry)] == [f"{ONE}1"]
    assert find_all(_cards("SSL", "KEP"), entry) == []
    assert len(find_all(_cards("SSL", "NES", own_box=False), entry)) == 2
    assert find_all(_cards("SSL", own_box=False), entry) == []
    assert len(find_all(_cards("SSL", long=" ve altı kelime daha olan cümle"), entry)) == 1
    assert find_all(_cards("SSL", long=" ve beş kelime daha var"), entry) == []


@pytest.mark.parametrize(
    ("title", "boxes", "spans", "left"),
    [
        (0, [(0, 10)], [(5, 6), (10, 11)], [1]),
        (0, [(0, 10)], [(10, 11)], [0]),
        (12, [(10, 20)], [(10, 11), (15, 16)], [0, 1]),
        (15, [(10, 20)], [(10, 11)], []),
        (0, [(0, 10)], [(5, 12)], []),
        (0, [(4, 7), (0, 10)], [(5, 6)], []),
        (9, [(0, 10)], [(5, 6)], []),
        (10, [(0, 10)], [(5, 6)], [0]),
        (0, [(0, 10)], [(5, 6), (9, 10)], [0, 1]),
    ],
    ids=[
        "next-to-it",
        "after-it",
        "shared-with-its-first-word",
        "at-its-first-word",
        "longer-than-it",
        "the-largest",
        "title-at-its-end",
        "title-after-its-end",
        "shared-with-its-last-word",
    ],
)
def test_a_block_ends_before_the_next_begins(
    title: int, boxes: list[tuple[int, int]], spans: list[tuple[int, int]], left: list[int]
) -> None:
    """A link is in every block that holds its start. The largest block it has to itself gives it a name."""
    links = [control("Giriş", span=span) for span in spans]
    page = tab(*links, lines=(((title, "SSL"),),), boxes=tuple(boxes))
    entry = spec("e-Devlet ile Giriş", also=("Giriş",), never=("SSL",))
    assert [one.index for one in find_all(page, entry)] == left


@pytest.mark.parametrize(
    ("line", "is_named"),
    [
        (((2, "SSL"),), False),
        (((3, "SSL"),), True),
        (((1, "SSL"), (2, "Bilgi")), True),
        (((0, "SSL"), (10, "Bilgi")), True),
    ],
    ids=["another-link", "right-behind-it", "right-before-it", "a-line-that-leads-out"],
)
def test_what_another_link_says_names_no_block(line: tuple[tuple[int, str], ...], is_named: bool) -> None:
    """In a block, another link's words belong to that link. The words before and after it belong to the block."""
    page = tab(control("SSL", span=(2, 3)), control("Giriş", span=(5, 6)), lines=(line,), boxes=((0, 10),))
    entry = spec("e-Devlet ile Giriş", also=("Giriş",), never=("SSL",))
    assert (find_all(page, entry) == []) is is_named


def test_ids_and_names_count_where_no_label_is() -> None:
    """We try a stable id or name last, and only on the right kind of control."""
    login = spec("Giriş Yap", ids=("girisId",), names=("submitButton",))
    assert find_all(tab(control("➜", id="girisId")), login)
    assert find_all(tab(control("➜", name="submitButton")), login)
    assert not find_all(tab(field(id="girisId"), control("➜", id="x", name="y")), login)
    assert texts(find_all(tab(control("➜", id="girisId"), control("Giriş Yap")), login)) == ["Giriş Yap"]


def test_a_field_or_box_goes_by_the_words_beside_it() -> None:
    """Without a label we go by the words beside a control, but never for a button.

    For a field they must be its whole name; for a box they only have to contain the sentence.
    """
    assert find_all(tab(field(beside="Kimlik No *:")), NUMBER)
    assert not find_all(tab(field(beside="Kimlik No ve adı")), NUMBER)
    assert find_all(tab(box(beside="Okudum, onay veriyorum.")), AGREE)
    assert not find_all(tab(box(beside="Okudum")), AGREE)
    assert not find_all(tab(box(beside="Kimlik No")), NUMBER)
    assert not find_all(tab(control("", beside="Devam")), DEVAM)
    both = tab(field(beside="Kimlik No", id="b"), field(names=("Kimlik No",), id="a"))
    assert [one.id for one in find_all(both, NUMBER)] == ["a"]


def test_a_fields_type_is_tried_last() -> None:
    """If nothing else tells, the field's type does. If no types are given, it never does."""
    secret = spec("Şifre", kind="field", types=("password",))
    assert find_all(tab(field(type="password")), secret)
    assert not find_all(tab(field(type="text"), control("", type="password")), secret)
    assert not find_all(tab(field()), spec("Şifre", kind="field"))
    both = tab(field(type="password", id="b"), field(type="text", names=("Şifre",), id="a"))
    assert [one.id for one in find_all(both, secret)] == ["a"]


# --- one of several --------------------------------------------------------------------------------------


def test_the_innermost_of_nested_controls_counts() -> None:
    """A block around the wanted link, however far out, is no second match. A namesake in another frame is."""
    nested = tab(control("Devam", role="generic"), control("x", ancestor=0), control("Devam", ancestor=1, id="in"))
    assert [one.id for one in find_all(nested, spec("Devam", weighty=True))] == ["in"]
    frames = tab(control("Devam", id="out"), control("x", frame=1), control("Devam", frame=1, ancestor=0), frames=2)
    assert len(find_all(frames, spec("Devam", weighty=True))) == 2


@pytest.mark.parametrize(
    ("addresses", "count"),
    [
        ((ONE, ONE), 1),
        ((ONE, OTHER), 2),
        (("", ""), 2),
        ((f"{ONE}#x", f"{ONE}#x"), 2),
        (("javascript:go()", "javascript:go()"), 2),
        ((ONE, OTHER, ONE, OTHER), 2),
        ((ONE, ONE, OTHER), 2),
    ],
)
def test_links_to_one_address_are_one(addresses: tuple[str, ...], count: int) -> None:
    """Two links to one page count once. Both count if a press has weight, or if the address isn't that of a page."""
    links = tab(*(control("Devam", role="link", href=address) for address in addresses))
    assert len(find_all(links, DEVAM)) == count
    assert len(find_all(links, spec("Devam", weighty=True))) == len(addresses)


@pytest.mark.parametrize("part", ["navigation", "header", "footer", "aside"])
def test_the_one_in_the_content_wins(part: Any) -> None:
    """The copy in the content beats the one in a menu, unless a press has weight or the content has several."""
    menu, own = control("Devam", part=part, href=OTHER), control("Devam", part="main", href=ONE)
    other = control("Devam", href=f"{ONE}2")
    assert [one.part for one in find_all(tab(menu, own), DEVAM)] == ["main"]
    assert len(find_all(tab(menu, own), spec("Devam", weighty=True))) == 2
    assert len(find_all(tab(menu, own, other), DEVAM)) == 3
    assert len(find_all(tab(menu), DEVAM)) == 1


def test_one_usable_control_is_found_or_none() -> None:
    """If exactly one can be used, we take it. If there are several, none, or only a disabled one, the error says so."""
    assert find(tab(control("Devam", disabled=True, state="busy"), control("Devam", id="b")), DEVAM).id == "b"
    for wrong, reason, seen in (
        (tab(control("Geri")), "control_missing", "no such control"),
        (tab(control("Devam", disabled=True)), "control_missing", "only a disabled one"),
        (tab(control("Devam", disabled=True, state="busy")), "control_missing", "only a busy one"),
        (
            tab(control("Devam", disabled=True, state="locked"), control("Devam", disabled=True)),
            "control_missing",
            "only a locked one",
        ),
        (tab(control("Devam"), control("Devam"), control("Devam")), "control_ambiguous", "3 of them"),
    ):
        with pytest.raises(ControlError) as stopped:
            find(wrong, DEVAM)
        assert (stopped.value.reason, stopped.value.expected, stopped.value.seen) == (reason, "“Devam”", seen)


def test_a_form_is_preferred_where_it_has_one() -> None:
    """Of two, we take the one in the wanted form. If that form has none, the form doesn't matter."""
    two = tab(control("Devam", form=0, id="a"), control("Devam", form=1, id="b"))
    assert find(two, DEVAM, form=0).id == "a"
    assert find(two, DEVAM, form=1).id == "b"
    with pytest.raises(ControlError, match="control_ambiguous"):
        find(two, DEVAM, form=2)
    with pytest.raises(ControlError, match="control_ambiguous"):
        find(two, DEVAM)
    assert find(tab(control("Devam", form=0, id="a")), DEVAM, form=1).id == "a"
