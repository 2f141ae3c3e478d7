"""Which typeface is taken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import ImageFont

from assistant.errors import SetupError
from assistant.guide.film import fonts
from assistant.guide.film.fonts import LETTERS, find_pair, typeface

LIBERATION = Path("/usr/share/fonts/truetype/liberation")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with Liberation Sans under another typeface's name, deep inside."""
    inside = tmp_path / "fonts/truetype"
    inside.mkdir(parents=True)
    for face, name in (("Regular", "DejaVuSans.ttf"), ("Bold", "DejaVuSans-Bold.ttf")):
        path = LIBERATION / f"LiberationSans-{face}.ttf"
        if not path.is_file():
            pytest.skip("Liberation Sans is not installed")
        shutil.copy(path, inside / name)
    return inside


def test_a_pair_is_found_in_any_folder(folder: Path, tmp_path: Path) -> None:
    """A folder that is not there does no harm; regular and bold come from below the one that is."""
    found = find_pair((tmp_path / "missing", tmp_path))
    assert found == (str(folder / "DejaVuSans.ttf"), str(folder / "DejaVuSans-Bold.ttf"))


def test_a_better_name_is_not_taken_if_it_cannot_be_used(folder: Path, tmp_path: Path) -> None:
    """A pair with a broken file, and one without its bold, are passed over."""
    (folder / "LiberationSans-Regular.ttf").write_bytes(b"no font")
    shutil.copy(folder / "DejaVuSans-Bold.ttf", folder / "LiberationSans-Bold.ttf")
    shutil.copy(folder / "DejaVuSans.ttf", folder / "NotoSans-Regular.ttf")
    assert find_pair((tmp_path,))[0] == str(folder / "DejaVuSans.ttf")


def test_a_typeface_without_a_letter_is_not_taken(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A typeface that lacks one of the letters, here a Chinese one, is as good as none; what to install is said."""
    monkeypatch.setattr(fonts, "LETTERS", LETTERS + "漢")
    with pytest.raises(SetupError) as told:
        find_pair((tmp_path,))
    assert told.value.code == "setup_incomplete"


def test_this_machine_has_one() -> None:
    """The typeface of this machine has the size that is asked for, and a bold of its own."""
    regular, bold = typeface(40), typeface(40, strong=True)
    assert isinstance(regular, ImageFont.FreeTypeFont)
    assert regular.size == 40
    assert bold.getlength("Sertifikamı İptal Et") > regular.getlength("Sertifikamı İptal Et")
