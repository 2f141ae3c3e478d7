"""The guide while you edit its texts: a page on this machine that follows what you save.

We take the pictures once, and again if their declaration changes.
"""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Protocol

from jinja2 import Environment
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from assistant.base.errors import EonayError, UsageError
from assistant.base.parsing import read_toml
from assistant.base.version import version
from assistant.guide.book import BookError, Shots, read_guide, reread, sources
from assistant.guide.formats.html import page, picture_of
from assistant.guide.make import Order
from assistant.guide.pictures import picture_sources, reread_pictures
from mock_portal.server import LOOPBACK, serve_app

LOOK_S = 0.3
"""How often we check the files, seconds."""
_HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class LiveState:
    """What we show at one moment."""

    number: int
    """Counts the changes."""
    page: str
    problem: str = ""
    """What is wrong with the current texts; the page is then the last good one."""


class ShotsFor(Protocol):
    """Has the pictures of a guide."""

    def __call__(self, order: Order, again: bool) -> Shots:
        """Return the pictures, taking those that lack; all of them *again* where their declaration has changed."""


class LivePage:
    """Renders the guide whenever one of its files changes. Thread-safe."""

    def __init__(self, order_again: Callable[[], Order], shots_for: ShotsFor, watched: Sequence[Path]) -> None:
        """*order_again* rereads the branding file; *shots_for* returns the pictures."""
        self._order_again = order_again
        self._shots_for = shots_for
        self.watched = (*sources(), *picture_sources(), *watched)
        """The files it watches."""
        self._stamps = self._look()
        self._retake = False
        self.pictures: dict[str, Path] = {}
        """Files by the name the page uses for them."""
        self.order = order_again()
        self.state = LiveState(0, self._render())

    def refresh(self) -> bool:
        """Check the files, and render if one has changed; return whether one had."""
        stamps = self._look()
        if stamps == self._stamps:
            return False
        before, self._stamps = dict(zip(self.watched, self._stamps, strict=True)), stamps
        changed = {path for path, stamp in zip(self.watched, stamps, strict=True) if stamp != before[path]}
        reread()
        try:
            if changed & set(picture_sources()):
                self._retake = True
                reread_pictures()
            self.order = self._order_again()
            self.state = LiveState(self.state.number + 1, self._render())
        except tomllib.TOMLDecodeError as error:
            self._complain(broken_file(self.watched) or str(error))
        except (BookError, UsageError) as error:
            self._complain(broken_file(self.watched) or str(error))
        except EonayError as error:
            reason = error.reason(self.order.language)
            self._complain(f"{reason.what} {reason.remedy}")
        except (KeyError, TypeError, ValueError) as error:  # half a file, as editors leave it
            self._complain(f"{type(error).__name__}: {error}")
        return True

    def _complain(self, problem: str) -> None:
        self.state = LiveState(self.state.number + 1, self.state.page, problem)

    def _look(self) -> tuple[tuple[int, int] | None, ...]:
        return tuple(map(_stamp, self.watched))

    def _render(self) -> str:
        order = self.order
        shots = self._shots_for(order, self._retake)
        self._retake = False
        guide = read_guide(order.language, order.edition, order.story, shots, order.brand, version())
        files = {shot.marked for figure in guide.figures for shot in figure.shots.values()}
        self.pictures = {path.name: path for path in files}
        addresses = {path: f"/pictures/{path.name}" for path in files}
        return page(guide, {f.id: picture_of(f, addresses) for f in guide.figures}, images_from="'self' data:")


def broken_file(files: Iterable[Path]) -> str:
    """Say which of *files* isn't TOML, on which line and why; empty if all are."""
    for path in files:
        if path.suffix != ".toml":
            continue
        try:
            read_toml(path.read_text(encoding="utf-8-sig"))
        except tomllib.TOMLDecodeError as error:
            return f"{path.parent.name}/{path.name}: {error}"
        except (OSError, UnicodeDecodeError):
            continue
    return ""


@contextmanager
def served(live: LivePage, port: int) -> Iterator[str]:
    """Serve *live* on this machine alone; yields the address. Raises `OSError` if the port is taken."""

    async def outer(_request: Request) -> Response:
        text = (resources.files("assistant.guide") / "live.html").read_text(encoding="utf-8")
        template = Environment(autoescape=True).from_string(text)
        return HTMLResponse(template.render(language=live.order.language, title="eonay guide --live"), headers=_HEADERS)

    async def guide(_request: Request) -> Response:
        return HTMLResponse(live.state.page, headers=_HEADERS)

    async def state(_request: Request) -> Response:
        now = live.state
        return JSONResponse({"number": now.number, "problem": now.problem}, headers=_HEADERS)

    async def picture(request: Request) -> Response:
        path = live.pictures.get(request.path_params["name"])
        return FileResponse(path, headers=_HEADERS) if path else Response(status_code=404)

    routes = [
        Route("/", outer),
        Route("/guide", guide),
        Route("/state", state),
        Route("/pictures/{name}", picture),
    ]
    # Otherwise another site could point its own name at this machine and read the guide (DNS rebinding).
    app = Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK])])
    with serve_app(app, port) as taken:
        yield f"http://{LOOPBACK}:{taken}/"


def follow(live: LivePage, ended: threading.Event) -> None:
    """Keep checking the files until *ended*."""
    while not ended.wait(LOOK_S):
        live.refresh()


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
