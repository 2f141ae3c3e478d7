"""The terminal that commands print on: what they print there does nothing but be seen."""

from __future__ import annotations

from collections.abc import Iterable

import rich.console
from rich.console import ConsoleOptions, RenderableType
from rich.segment import Segment

from assistant.base.foreign import harmless


class Console(rich.console.Console):
    """Rich's console, for which a file's name, a card's label or a page's word is text and never a command.

    Rich itself lets escape and direction characters through (`rich.control.strip_control_codes` knows five others).
    """

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """See `rich.console.Console.render`."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(harmless(segment.text), segment.style)
