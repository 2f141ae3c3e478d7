"""We can change a page, as data, by the names of its controls, and nothing else on it changes."""

from __future__ import annotations

from mock_portal.pages import changes
from mock_portal.pages.model import (
    HOME,
    Actions,
    Cell,
    Form,
    Link,
    Page,
    StatementBlock,
    SubmitButton,
    TableBlock,
    Tile,
    Tiles,
)

PRESS = SubmitButton("devam", "Devam", "main")
TILE = Tile("e-onay", "E-Onay İşlemleri", "/nes/e-onay", "consent", "Bir cümle.")
TABLE = TableBlock(("A", "B"), ((Cell("1"), Cell("2")), (Cell("3"), Cell("4"))))
PAGE = Page(
    "consent",
    "E-Onay",
    "E-Onay",
    (Tiles((TILE,)), TABLE, Form("devam", "/nes/e-onay", (StatementBlock("Bir söz."), Actions((HOME, PRESS))))),
)


def form_of(page: Page) -> Form:
    """Return the form of the page."""
    form = page.blocks[2]
    assert isinstance(form, Form)
    return form


def test_a_control_is_called_something_else() -> None:
    """A renamed button keeps everything but its words. The rest of the page stays exactly the same."""
    page = changes.renamed("devam", "İlerle")(PAGE)
    assert form_of(page).inside[1] == Actions((HOME, SubmitButton("devam", "İlerle", "main")))
    assert page.blocks[0] is PAGE.blocks[0]
    assert page.blocks[1] is TABLE


def test_another_control_stands_beside() -> None:
    """A twin keeps the words if you give none. With its own address it becomes a link."""
    twin = form_of(changes.beside("devam", "", first=False)(PAGE)).inside[1]
    assert twin == Actions((HOME, PRESS, SubmitButton("", "Devam", "main")))
    decoy = form_of(changes.beside("devam", "Sil", "/sil")(PAGE)).inside[1]
    assert decoy == Actions((HOME, Link("", "Sil", "/sil", "main"), PRESS))
    tiles = changes.beside("e-onay", "E-Onay PIN", "/nes/pin")(PAGE).blocks[0]
    assert tiles == Tiles((Tile("", "E-Onay PIN", "/nes/pin", "consent"), TILE))


def test_a_control_leads_elsewhere() -> None:
    """A tile gets a new address, or a button's form a new action."""
    page = changes.leading("devam", "/nes/iptal")(PAGE)
    assert form_of(page).action == "/nes/iptal"
    tiles = changes.leading("e-onay", "/nes/pin")(PAGE).blocks[0]
    assert isinstance(tiles, Tiles)
    assert tiles.tiles[0].href == "/nes/pin"


def test_what_pressing_on_means_can_be_said_otherwise() -> None:
    """The statement gets other words, or a second one beside it."""
    assert form_of(changes.stating("Başka.")(PAGE)).inside[0] == StatementBlock("Başka.")
    assert form_of(changes.also_saying("Başka.")(PAGE)).inside[:2] == (
        StatementBlock("Başka."),
        StatementBlock("Bir söz."),
    )
    assert changes.says(PAGE, "Bir söz")
    assert not changes.says(PAGE, "Başka")


def test_nothing_happens_to_a_page_without_the_control() -> None:
    """If no control has that name, the page stays as it was."""
    for change in (changes.renamed("yok", "x"), changes.leading("yok", "/x"), changes.in_new_tab("yok")):
        assert change(PAGE) is PAGE
