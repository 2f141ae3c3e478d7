"""The page that follows the texts while one edits them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from assistant.base.words import table
from assistant.guide.book import Shots, reread, sources
from assistant.guide.brand import example_brand, example_text, load_brand
from assistant.guide.live import LivePage, broken_file, follow, served
from assistant.guide.make import Order
from tests.assistant.guide.samples import sample_figure


@pytest.fixture
def brand_file(tmp_path: Path) -> Path:
    """A branding file to edit."""
    path = tmp_path / "kurum.toml"
    path.write_text(example_text(), encoding="utf-8")
    return path


@pytest.fixture
def retaken() -> list[str]:
    """Gets an entry whenever the pictures are to be taken again."""
    return []


@pytest.fixture
def live(tmp_path: Path, brand_file: Path, retaken: list[str]) -> LivePage:
    """A page over one picture, following the branding file."""
    picture = sample_figure(tmp_path / "pictures", 1, "any").shots

    def shots_for(order: Order, again: bool) -> Shots:
        if again:
            retaken.append(order.edition)
        return dict.fromkeys((*order.pictures.screens, *order.pictures.drawings), picture)

    return LivePage(lambda: Order(load_brand(brand_file, "tr")), shots_for, [brand_file])


@pytest.fixture
def address(live: LivePage) -> Iterator[str]:
    """The page's address, while we follow the files."""
    ended = threading.Event()
    follower = threading.Thread(target=follow, args=(live, ended))
    with served(live, 0) as at:
        follower.start()
        yield at
        ended.set()
        follower.join()


def test_the_page_follows_what_is_saved(browser: Browser, address: str, brand_file: Path) -> None:
    """A saved change is on the page without anybody's doing; a mistake is told and the last good page stays."""
    page = browser.new_page()
    page.goto(address)
    inside = page.frame_locator("#guide")
    expect(inside.get_by_text("Bilgi İşlem Şube Müdürlüğü").first).to_be_attached()
    expect(inside.locator("figure img").first).to_have_js_property("complete", True)
    assert inside.locator("figure img").first.evaluate("image => image.naturalWidth") > 0
    brand_file.write_text(example_text().replace("Bilgi İşlem Şube", "Başka Şube"), encoding="utf-8")
    expect(inside.get_by_text("Başka Şube Müdürlüğü").first).to_be_attached()
    brand_file.write_text(example_text().replace("unit =", "unti ="), encoding="utf-8")
    expect(page.get_by_role("alert")).to_contain_text("unit mi demek istediniz?")
    expect(inside.get_by_text("Başka Şube Müdürlüğü").first).to_be_attached()
    brand_file.write_text(example_text(), encoding="utf-8")
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(inside.get_by_text("Bilgi İşlem Şube Müdürlüğü").first).to_be_attached()
    page.close()


def test_pictures_are_taken_again_when_they_are_declared_anew(
    live: LivePage, retaken: list[str], brand_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change of ``pictures.toml`` takes them again, once; one of the texts doesn't."""
    assert {path.name for path in live.watched} >= {"pictures.toml", "drawings.toml", "book.toml"}
    brand_file.write_text(example_text().replace("Bilgi İşlem Şube", "Başka Şube"), encoding="utf-8")
    assert live.refresh()
    assert retaken == []
    monkeypatch.setattr("assistant.guide.live.picture_sources", lambda: (brand_file,))
    brand_file.write_text(example_text(), encoding="utf-8")
    assert live.refresh()
    assert retaken == ["2026"]
    assert not live.refresh()
    assert retaken == ["2026"]


def test_only_this_machine_is_answered(address: str) -> None:
    """A request under another name is refused, and no file but the guide's pictures is handed out."""
    assert address.startswith("http://127.0.0.1:")
    for path, host in (
        ("guide", "evil.example"),
        ("pictures/passwd", "127.0.0.1"),
        ("pictures/..%2fkurum.toml", "127.0.0.1"),
    ):
        assert httpx.get(address + path, headers={"Host": host}).status_code in {400, 404}


def test_an_untouched_file_renders_nothing_anew(live: LivePage) -> None:
    """Looking costs nothing if nothing has changed."""
    assert not live.refresh()
    assert live.state.number == 0
    assert example_brand("tr").unit in live.state.page


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    """Saving half a table gets you the file and the line."""
    good, bad = tmp_path / "steps.toml", tmp_path / "reasons.toml"
    good.write_text("a = 1\n", encoding="utf-8")
    assert broken_file([good, tmp_path / "missing.toml"]) == ""
    bad.write_text('a = 1\nb = "\n', encoding="utf-8")
    assert broken_file([good, bad]).startswith(f"{tmp_path.name}/reasons.toml: ")
    assert "line 2" in broken_file([good, bad])


@pytest.mark.parametrize("room", ["desk", "guide"])
def test_the_catalogue_of_words_is_followed_too(room: str) -> None:
    """What the guide takes from the catalogue is watched, and read from its file again once it was saved."""
    assert f"words/{room}.toml" in {f"{path.parent.name}/{path.name}" for path in sources()}
    before = table(room)
    reread()
    assert table(room) is not before


def test_a_file_too_deep_to_be_read_is_told_and_followed_on(live: LivePage, brand_file: Path) -> None:
    """Lists within lists without end are a mistake like any other: told, and gone once it is mended."""
    brand_file.write_text(f"unit = {'[' * 3000}{']' * 3000}\n", encoding="utf-8")
    assert live.refresh()
    assert "kurum.toml: a number is too long, or lists lie too deep" in live.state.problem
    brand_file.write_text(example_text(), encoding="utf-8")
    assert live.refresh()
    assert live.state.problem == ""
