"""Serves a portal on one loopback port, and its stand-in bank on another, in a thread of their own."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from mock_portal import bank
from mock_portal.hosts import application
from mock_portal.portal import Portal

LOOPBACK = "127.0.0.1"
"""The only address we ever bind."""

_TURNS = 5
"""After this many turns of the loop, a connection that was just being accepted at the end is there."""
_GRACE = 0.3
"""How many seconds answers in progress get to release what they opened; then they are cut off."""
_PATIENCE = 10.0
"""Timeout for the server to come up or go down, in seconds."""


@dataclass(frozen=True)
class Served:
    """A portal that can be visited."""

    portal: Portal
    port: int

    @property
    def entry_url(self) -> str:
        """Where a person begins: the landing page of Kamu SM Online İşlemler."""
        return f"{self.portal.origin('onlineislemler')}/landing"


@contextmanager
def serve(portal: Portal, port: int = 0) -> Iterator[Served]:
    """Serve `portal` until the block ends; port 0 picks a free one.

    Raises OSError when the port is taken, RuntimeError when the portal is already being served.
    """
    if portal.port is not None:
        raise RuntimeError("this portal is being served already")
    with _listener(port) as listener, _listener(0) as at_bank:
        portal.port, portal.bank_port = listener.getsockname()[1], at_bank.getsockname()[1]
        try:
            with _running(bank.beside(portal, application(portal)), listener, at_bank):
                yield Served(portal, portal.port)
        finally:
            portal.port = portal.bank_port = None


@contextmanager
def serve_app(app: ASGIApp, port: int = 0) -> Iterator[int]:
    """Serve any ASGI application on loopback the same way; yields the port."""
    with _listener(port) as listener, _running(app, listener):
        yield listener.getsockname()[1]


def _listener(port: int) -> socket.socket:
    # With the default protocol, asyncio doesn't switch off Nagle's algorithm on the connections it accepts, and
    # answers on kept connections come 40 ms late.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name != "nt":  # on Windows it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen(256)
    except OSError:
        listener.close()
        raise
    return listener


@contextmanager
def _running(app: ASGIApp, *listeners: socket.socket) -> Iterator[None]:
    runner = _Runner(app, listeners)
    try:
        runner.start()
        yield
    finally:
        runner.stop()


class _Runner(threading.Thread):
    """Runs uvicorn without its polling main loop, so that starting and stopping take milliseconds."""

    def __init__(self, app: ASGIApp, listeners: Sequence[socket.socket]) -> None:
        super().__init__(name="mock-portal", daemon=True)
        self._listeners = list(listeners)
        self._app = app
        config = uvicorn.Config(
            self._cut_off_quietly,
            interface="asgi3",  # uvicorn doesn't see that a bound method is a coroutine function
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            http="h11",
            loop="asyncio",
            date_header=False,  # the main loop that we don't run would keep it fresh
            server_header=False,
            proxy_headers=False,
        )
        self._server = uvicorn.Server(config)
        self._begun = False
        self._ready = threading.Event()
        self._stopping: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Start the thread and return when the server answers."""
        self._begun = True
        super().start()
        if not self._ready.wait(_PATIENCE) or not self._server.started:
            raise RuntimeError("the mock portal did not start")

    def stop(self) -> None:
        """Close all connections and end the thread, even if it is still starting; requests in progress are cut off."""
        if not self._begun or not self._ready.wait(_PATIENCE):
            return
        if self._loop is not None and self._stopping is not None and self.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
        self.join(_PATIENCE)

    def run(self) -> None:
        """Serve; the body of the thread."""
        try:
            asyncio.run(self._serve())
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        config = self._server.config
        config.load()
        self._server.lifespan = config.lifespan_class(config)
        await self._server.startup(sockets=self._listeners)
        self._ready.set()
        await self._stopping.wait()
        await self._close()
        # asyncio.run cancels whatever is still in progress when it returns.

    async def _close(self) -> None:
        # asyncio leaves open what it accepts after its server is closed, so we stop accepting a few turns earlier.
        for server in self._server.servers:
            for listening in server.sockets:
                with suppress(NotImplementedError):  # Windows, whose loop accepts differently
                    asyncio.get_running_loop().remove_reader(listening.fileno())
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        for server in self._server.servers:
            server.close()
        for connection in list(self._server.server_state.connections):
            connection.transport.abort()
        if answering := self._server.server_state.tasks:
            await asyncio.wait(answering, timeout=_GRACE)

    async def _cut_off_quietly(self, scope: Scope, receive: Receive, send: Send) -> None:
        # `receive` is a method of uvicorn's request, which knows its connection: see `mock_portal.faults`.
        connection = getattr(getattr(receive, "__self__", None), "transport", None)
        if connection is not None:
            scope["mock_portal.cut"] = connection.abort
        try:
            await self._app(scope, receive, send)
        except asyncio.CancelledError:
            # At the end nobody is listening any more; uvicorn would report each of these as a crash.
            if self._stopping is None or not self._stopping.is_set():
                raise
