"""What is behind the controls of a page whose links lead nowhere: only the server knows what each does.

A page is one form. A press sends which control it was and which view the page came from; the view knows the rest.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

FORM = "j_idt5"
"""Id of the one form."""
KEPT = "views"
"""Where a session keeps its views."""
_LIMIT = 15
"""How many views one session remembers; pressing on an older page finds its view expired."""


@dataclass(frozen=True, slots=True)
class ControlCall:
    """What one control does."""

    method: str
    path: str
    fields: dict[str, str] = field(default_factory=dict)
    """What is sent besides what the person filled in."""


class PageControls:
    """The controls of one page by their ids."""

    def __init__(self, csrf: str) -> None:
        self.state = f"{secrets.randbelow(10**19):019d}:{secrets.randbelow(10**19):019d}"
        """The page's ViewState."""
        self.commands: dict[str, ControlCall] = {}
        self._csrf = csrf
        self._next = iter(range(12, 100_000))
        self._form: ControlCall | None = None

    def id(self) -> str:
        """Return an id that nobody would choose."""
        return f"{FORM}:j_idt{next(self._next)}"

    def link(self, path: str) -> str:
        """Return the id of a control that leads to *path*."""
        return self._known(ControlCall("GET", path))

    def post(self, path: str, **fields: str) -> str:
        """Return the id of a control that sends *fields*, and the token, to *path*."""
        return self._known(ControlCall("POST", path, {**fields, "csrf": self._csrf}))

    def begin(self, form: Any) -> str:
        """Make `press` submit *form* from now on. Returns nothing, so that a template can call it."""
        self._form = ControlCall("POST", form.action, {**dict(form.hidden), "csrf": self._csrf})
        return ""

    def press(self) -> str:
        """Return the id of a control that submits the form begun last."""
        if self._form is None:
            raise ValueError("no form has been begun")
        return self._known(self._form)

    def last_word(self, identity: str) -> str:
        """Return what such pages send along with a press: where it leads, and its form's own word."""
        command = self.commands[identity]
        place = command.path.partition("?")[0].rstrip("/").rpartition("/")[2]
        return ".".join(word for word in (place, command.fields.get("islem", "")) if word)

    def keep(self, data: dict[str, Any]) -> None:
        """Save what the controls do in a session's *data*."""
        views: dict[str, dict[str, ControlCall]] = data.setdefault(KEPT, {})
        views[self.state] = self.commands
        while len(views) > _LIMIT:
            views.pop(next(iter(views)))

    def _known(self, command: ControlCall) -> str:
        identity = self.id()
        self.commands[identity] = command
        return identity
