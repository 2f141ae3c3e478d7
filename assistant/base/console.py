"""The terminal we print to, made safe: what we print is shown and does nothing else."""

from __future__ import annotations

from collections.abc import Iterable

import rich.console
from rich.console import ConsoleOptions, RenderableType
from rich.segment import Segment

from assistant.base.foreign import harmless


class Console(rich.console.Console):
    """Rich's console, but a file name, a card label or a word from a page is only ever text.

    Rich alone lets escape and direction characters through: `rich.control.strip_control_codes` strips five others.
    """

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """See `rich.console.Console.render`."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(harmless(segment.text), segment.style)
