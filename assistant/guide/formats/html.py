"""The guide as one HTML file: pictures inside, no script, no requests; printed, it becomes A4 pages with a cover.

It contains light and dark, wide and narrow pictures, and the browser picks. A policy in the page forbids everything
that isn't in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from assistant.fleet import cores
from assistant.guide.formats import markup
from assistant.guide.model import Figure, Guide, Size, Theme
from assistant.guide.wording import long_date

_MEDIA: tuple[tuple[Theme, Size, str], ...] = (
    ("dark", "narrow", "screen and (max-width: 40rem) and (prefers-color-scheme: dark)"),
    ("light", "narrow", "screen and (max-width: 40rem)"),
    ("dark", "desktop", "screen and (prefers-color-scheme: dark)"),
)
"""When to use which picture; the first match wins. Paper gets the light desktop one."""


@dataclass(frozen=True, slots=True)
class HtmlPicture:
    """The addresses of a figure's pictures."""

    address: str
    width: int
    """CSS pixels."""
    height: int
    sources: tuple[tuple[str, str], ...] = ()
    """Media query and address."""


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the guide as one HTML file into *folder*."""
    path = folder / f"{guide.words['file.guide']}.html"
    path.write_text(page(guide, _embedded(guide)), encoding="utf-8", newline="\n")
    return (path,)


def page(
    guide: Guide,
    pictures: Mapping[str, HtmlPicture],
    images_from: str = "data:",
) -> str:
    """Return the page. *pictures* are by the figures' names.

    *images_from* is where the page may load pictures from, in a content security policy's words.
    """
    day = long_date(guide.brand.date, guide.language)
    sheet = markup.style("guide.css", guide=guide, date=day)
    return markup.render(
        "guide.html.j2",
        guide=guide,
        labels=markup.labels(guide.language),
        date=day,
        pictures=pictures,
        sheet=sheet,
        policy=markup.policy(sheet, images_from),
        brand=guide.brand,
        logo=markup.logo_uri(guide.brand),
    )


def _embedded(guide: Guide) -> dict[str, HtmlPicture]:
    """Return the pictures of all figures as addresses that hold the pictures themselves."""
    addresses = {file: markup.data_uri(content, ".webp") for file, content in coded(guide).items()}
    return {figure.id: picture_of(figure, addresses) for figure in guide.figures}


def coded(guide: Guide) -> dict[Path, bytes]:
    """Return the marked pictures of *guide* as WebP, by their files."""
    files = sorted({shot.marked for figure in guide.figures for shot in figure.shots.values()})
    # The encoder releases the GIL.
    with ThreadPoolExecutor(cores()) as pool:
        return dict(zip(files, pool.map(_webp, files, [file.stat().st_mtime_ns for file in files]), strict=True))


def picture_of(figure: Figure, addresses: Mapping[Path, str]) -> HtmlPicture:
    """Return the picture of *figure* on a page that has the marked files under *addresses*."""
    first = figure.shot()
    sources: list[tuple[str, str]] = []
    for theme, size, media in _MEDIA:
        address = addresses[figure.shot(theme, size).marked]
        # A page without its own dark look is the same in both; what comes after, or the picture itself, will do.
        if (theme, size) in figure.shots and (theme == "light" or address != addresses[figure.shot(size=size).marked]):
            sources.append((media, address))
    return HtmlPicture(
        addresses[first.marked], round(first.width / first.scale), round(first.height / first.scale), tuple(sources)
    )


@lru_cache(maxsize=256)
def _webp(file: Path, changed: int) -> bytes:
    """Return the picture in *file*, last changed at *changed*, at half the size of PNG.

    At two pixels for one, nobody sees the loss.
    """
    into = BytesIO()
    with Image.open(file) as image:
        image.save(into, "WEBP", quality=85, method=2)
    return into.getvalue()
