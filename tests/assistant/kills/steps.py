"""A portal that reports each step, so that a blow can fall at any of them: at the request, or soon after."""

from __future__ import annotations

import asyncio
import re
import threading
from collections import Counter

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

STEPS = (
    "GET onlineislemler/landing",
    "GET onlineislemler/e-devlet",
    "GET gecit/OAuth2/baslat",
    "GET giris/OAuth2AuthorizationServer/AuthorizationController",
    "GET giris/Giris/e-Devlet-Sifresi",
    "POST giris/Giris/e-Devlet-Sifresi",
    "POST giris/OAuth2AuthorizationServer/AuthorizationController/SaveScope",
    "GET gecit/OAuth2/edevletsonuc",
    "GET onlineislemler/oturum",
    "GET onlineislemler/anasayfa",
    "GET onlineislemler/nes",
    "GET onlineislemler/nes/bireysel",
    "GET onlineislemler/nes/e-onay",
    "POST onlineislemler/nes/e-onay",
    "GET onlineislemler/imzalama",
    "GET onlineislemler/eimza/KamuSM-eimza.jnlp",
    "GET onlineislemler/eimza/api/requests/N",
    "POST onlineislemler/eimza/api/requests/N/signature",
    "GET onlineislemler/anasayfa again",
    "GET onlineislemler/nes/e-onay again",
)
"""What a run asks the portal for, in its order; the last two are the fresh visit."""
LATE = STEPS[-3:]
"""From here on the consent may be given, and a run after it comes no further than to the sentence that says so."""
_NUMBERS = re.compile(r"\d{6,}")
_LONGEST_HOLD_S = 15.0


class Steps:
    """The requests to a portal since `await_next`, which waits for one step."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._awaited = ""
        self._is_held = False
        self._is_reached = False
        self._come = threading.Event()
        self._gone_on = threading.Event()

    @property
    def middleware(self) -> list[Middleware]:
        """What to put around the portal."""
        return [Middleware(_Told, steps=self)]

    def await_next(self, step: str, *, is_held: bool = False) -> None:
        """Start over, with *step* as the one that is waited for; *is_held*: it gets no answer before `go_on`."""
        self._seen.clear()
        self._awaited, self._is_held, self._is_reached = step, is_held, False
        self._come.clear()
        self._gone_on.clear()

    def reached(self) -> bool:
        """Wait until the step is requested or the run is over; return which."""
        self._come.wait()
        return self._is_reached

    def go_on(self) -> None:
        """Let a held request be answered."""
        self._gone_on.set()

    def over(self) -> None:
        """Let nobody wait any more: the run has ended."""
        self._come.set()
        self._gone_on.set()

    async def note(self, scope: Scope) -> None:
        """Note a request, and hold it if we want that."""
        host = dict(scope["headers"]).get(b"host", b"").decode().partition(".")[0].partition(":")[0]
        host = host if host in {"giris", "gecit"} else "onlineislemler"  # the official app calls it by its number
        asked = f"{scope['method']} {host}{_NUMBERS.sub('N', scope['path'])}"
        self._seen[asked] += 1
        step = asked if self._seen[asked] == 1 else f"{asked} again"
        if step == self._awaited and not self._is_reached:
            self._is_reached = True
            self._come.set()
            if self._is_held:
                await asyncio.to_thread(self._gone_on.wait, _LONGEST_HOLD_S)


class _Told:
    def __init__(self, app: ASGIApp, steps: Steps) -> None:
        self._app = app
        self._steps = steps

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._steps.note(scope)
        await self._app(scope, receive, send)
