"""The panel in a terminal: same views, same answers, for remote help and for people who prefer it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel as Frame
from rich.segment import SegmentLines
from rich.text import Text

from assistant.base.console import Console as SafeConsole
from assistant.base.interrupt import Impatience
from assistant.base.words import Words
from assistant.card.pin import Pin
from assistant.desk.keys import Keys, terminal_keys
from assistant.desk.surface import Event, EventKind
from assistant.desk.view import AdviceView, CodeView, PromptView, View
from assistant.desk.words import time_left

_DEAF_S = 3.0
"""If nobody reads the keys for this long, somebody else does, seconds."""
_LOOK_S = 0.25
_ENTER = frozenset("\r\n")
_DIGITS = "123456789"
_ERASE = frozenset("\x7f\b")
_MORE = "+"
_ESCAPE = "\x1b"
_STYLES = {"calm": "", "good": "bold green", "warn": "bold yellow", "bad": "bold red"}


@contextmanager
def open_terminal(words: Words, console: Console | None = None) -> Iterator[Terminal]:
    """Take over the terminal. Raises `UsageError` if there is none."""
    console = console or SafeConsole(highlight=False)
    with terminal_keys(words("error.no_terminal")) as keys, Live(console=console, auto_refresh=False) as live:
        terminal = Terminal(words, keys, console, lambda shown: live.update(shown, refresh=True))
        with _attended(terminal):
            yield terminal


@contextmanager
def _attended(terminal: Terminal) -> Iterator[None]:
    """Keep reading keys even if the usual reader is waiting for a hung page."""
    is_over = threading.Event()

    def attend() -> None:
        while not is_over.wait(_LOOK_S):
            terminal.attend_alone()

    reader = threading.Thread(target=attend, daemon=True)
    reader.start()
    try:
        yield
    finally:
        is_over.set()
        reader.join()


class Terminal:
    """The terminal as a `Surface`. It collects the PIN without showing it or its length.

    Safe for two threads: the loop's, and one that reads the keys if the loop hangs.
    """

    def __init__(
        self,
        words: Words,
        keys: Keys,
        console: Console,
        draw: Callable[[RenderableType], object],
    ) -> None:
        """*console* says how much fits on the screen; you can't answer what you haven't seen to its end."""
        self._words = words
        self._keys = keys
        self._console = console
        self._draw = draw
        self._lock = threading.RLock()
        self._taken: list[Event] = []
        self._heard_at = time.monotonic()
        self._impatience = Impatience(0)
        self._page = 0
        self._pages = 1
        self._is_read = False
        self._view = View()
        self._pin = bytearray()
        self._typing = False
        self._trouble = False
        self._sure = False

    def show(self, view: View) -> None:
        """See `Surface.show`."""
        view = view.safe()
        with self._lock:
            if view == self._view:
                return
            if view.prompt != self._view.prompt:
                self._forget_pin()
            if _asked(view) != _asked(self._view):
                self._page, self._is_read = 0, False
            self._view = view
            self._redraw()

    def events(self) -> list[Event]:
        """See `Surface.events`."""
        with self._lock:
            self._heard_at = time.monotonic()
            self._impatience.heard()
            events, self._taken = [*self._taken, *self._new_events()], []
        return events

    def attend_alone(self, deaf_s: float = _DEAF_S) -> None:
        """Read the keys if nobody has asked for events for *deaf_s* seconds; a stop then becomes a Ctrl+C."""
        with self._lock:
            if time.monotonic() - self._heard_at >= deaf_s:
                events = self._new_events()
                self._taken += events
                if any(event.kind == "stop" for event in events):
                    self._impatience.wish()

    def _new_events(self) -> list[Event]:
        return [event for key in self._keys.read() if (event := self._press(key)) is not None]

    def pause(self, seconds: float) -> None:
        """See `Surface.pause`."""
        time.sleep(seconds)

    def _press(self, key: str) -> Event | None:
        view = self._view
        if view.end is not None and key in _DIGITS[: len(view.end.actions)]:
            return Event("action", action=view.end.actions[_DIGITS.index(key)][0])
        if view.end is not None:
            return Event("close") if key in _ENTER else self._answer(self._meaning(key))
        if self._sure:
            self._sure = False
            self._redraw()
            return Event("stop") if self._meaning(key) == "yes" else None
        if key == " " and self._pages > 1:
            self._page = (self._page + 1) % self._pages
            self._redraw()
            return None
        if key == _MORE and view.left_s is not None:
            return Event("more")
        if view.prompt is not None and view.prompt.pin == "here":
            return self._press_for_pin(key, view.prompt)
        if key.lower() == "q":
            self._sure = True
        elif key.lower() == self._words("key.trouble"):
            self._trouble = not self._trouble
        elif view.advice is not None and self._is_read and key in _DIGITS[: len(view.advice.buttons)]:
            name = view.advice.buttons[_DIGITS.index(key)][0]
            return None if name in view.advice.idle else Event("action", action=name)
        else:
            return self._answer(self._meaning(key))
        self._redraw()
        return None

    def _meaning(self, key: str) -> EventKind | None:
        meanings: dict[str, EventKind] = {self._words("key.yes"): "yes", self._words("key.no"): "no"}
        return meanings.get(key.lower())

    def _answer(self, kind: EventKind | None) -> Event | None:
        asked = self._view.question or self._view.prompt
        if kind is None or asked is None or not (asked.yes if kind == "yes" else asked.no):
            return None
        if kind == "yes" and not self._is_read:
            return None
        return Event(kind, asked.id)

    def _press_for_pin(self, key: str, prompt: PromptView) -> Event | None:
        if key == _ESCAPE:
            self._forget_pin()
            return Event("no", prompt.id)
        if not self._is_read:
            return None
        if key in _ERASE:
            self._forget_pin()
        elif key not in _ENTER and key != " " and key.isprintable():  # the space bar turns pages if there are several
            self._pin += key.encode()
            self._typing = True
        elif key in _ENTER and self._pin:
            length = len(self._pin)
            fits = prompt.min_length <= length and (not prompt.max_length or length <= prompt.max_length)
            pin = Pin(self._pin.decode()) if fits else None
            self._forget_pin()
            self._redraw()
            return Event("yes", prompt.id, pin) if pin else None
        self._redraw()
        return None

    def _forget_pin(self) -> None:
        self._pin[:] = bytes(len(self._pin))
        self._pin.clear()
        self._typing = False

    def _redraw(self) -> None:
        """Draw the whole view if it fits; else its short form, page by page if necessary."""
        room = self._console.height - 1
        was_read, self._is_read = self._is_read, True
        keys = self._key_line()
        for parts in (self._parts(short=False), self._parts(short=True)):
            rows = self._console.render_lines(Group(*parts, keys), pad=False)
            if len(rows) <= room:
                self._page, self._pages = 0, 1
                self._draw(Group(*parts, keys))
                return
        body = self._console.render_lines(Group(*parts), pad=False)
        each = max(1, room - 2 - len(self._console.render_lines(keys, pad=False)))
        self._pages = ceil(len(body) / each)
        self._page = min(self._page, self._pages - 1)
        is_last = self._page == self._pages - 1
        self._is_read = was_read or is_last
        more = f"\n{self._words('ui.keys_again' if is_last else 'ui.keys_more')} ({self._page + 1}/{self._pages})"
        if self._view.code is not None and self._page:  # the first page shows it at the top
            more += f" · {self._code_words(self._view.code)}"
        shown = body[self._page * each : (self._page + 1) * each]
        self._draw(Group(SegmentLines(shown, new_lines=True), Text(more, "bold yellow"), self._key_line()))

    def _parts(self, *, short: bool) -> list[RenderableType]:
        """Return what to draw above the line of keys; the *short* form is for a low window."""
        view, words = self._view, self._words
        parts = list(self._way_in_short() if short else self._way())
        gap = "" if short else "\n"
        if view.warn:
            parts.append(Text(f"{gap}⚠ {view.warn}", "bold red"))
        if view.left_s is not None:
            parts.append(Text(f"{gap}{words('ui.wait', left=time_left(words, view.left_s))}", "bold yellow"))
        if view.card:
            parts.append(Text(f"{gap}{words('ui.card')}: {view.card}", _STYLES[view.card_tone]))
        if view.code is not None:
            text = self._code_words(view.code)
            parts.append(Text(text, "bold red" if view.code.remaining_s <= 60 else "bold"))
        if view.now:
            parts.append(Text(f"{gap}{view.now}", "bold"))
        if view.practice_now:
            label, value = view.practice_now
            parts.append(Text(f"{words('ui.practice_type')} {label}: {value}", "bold"))
        if view.note:
            parts.append(Text(f"{gap}{view.note}"))
        if not short:
            parts.append(Text(view.doing, "dim"))
        parts.extend(self._asked())
        if view.advice is not None:
            parts.append(self._advice(view.advice, short=short))
        if self._trouble:
            lines = [view.help, *_told(view.troubles), words("ui.support")]
            parts.append(Frame(Text("\n".join(lines)), title=words("ui.trouble")))
        if not short:
            parts.append(Text())
        return parts

    def _code_words(self, code: CodeView) -> str:
        value = f"{code.value}  " if code.value else ""
        return f"{self._words('ui.code')}: {value}{time_left(self._words, code.remaining_s)}"

    def _advice(self, advice: AdviceView, *, short: bool) -> RenderableType:
        """Return the steps in another program; in a low window without the drawing."""
        # A disabled button keeps its number, so no key changes its meaning from one step to the next.
        buttons = zip(_DIGITS, advice.buttons, strict=False)
        numbered = ["" if name in advice.idle else f"[{n}] {label}" for n, (name, label) in buttons]
        first = len(advice.bar) + len(advice.actions)
        acts, answers = [line for line in numbered[:first] if line], numbered[first:]
        warn = Text(f"⚠ {advice.warn}\n" if advice.warn else "", "bold red")
        rest = "\n".join((*(() if short else advice.sketch), *advice.lines, "", *acts))
        asked = "\n".join((*[""] * (2 if acts else 1), advice.ask, *answers)) if answers else ""
        return Frame(Text.assemble(warn, f"{rest}{asked}".strip("\n")), title=advice.title)

    def _way(self) -> Iterator[RenderableType]:
        view, words = self._view, self._words
        yield Text(f"{words('ui.window')}\n", "dim")
        marks = {"done": ("✓", "green"), "now": ("➤", "bold cyan"), "todo": ("○", "dim")}
        for step in view.steps:
            mark, style = marks[step.state]
            yield Text(f" {mark} {step.title}{f' · {step.note}' if step.note else ''}", style)
        if view.practice:
            lines = "\n".join(f"{label}: {value}" for label, value in view.practice)
            yield Frame(f"{words('ui.practice_note')} {view.practice_hint}\n{lines}", title=words("ui.practice"))

    def _way_in_short(self) -> Iterator[RenderableType]:
        view, words = self._view, self._words
        now = next((number for number, step in enumerate(view.steps) if step.state == "now"), None)
        place = ""
        if now is not None:
            place = f" · {words('ui.step')} {now + 1}/{len(view.steps)}: {view.steps[now].title}"
        yield Text(f"{words('ui.window')}{place}", "bold cyan")
        if view.practice:
            yield Text(" · ".join(f"{label}: {value}" for label, value in view.practice), "dim")

    def _asked(self) -> Iterator[RenderableType]:
        question, prompt, end = self._view.question, self._view.prompt, self._view.end
        if question is not None:
            quote = f"\n\n“{question.quote}”" if question.quote else ""
            doubts = "".join(f"\n• {line}" for line in question.doubts)
            text = f"{question.meaning}{doubts}{quote}\n\n{self._answers(question.yes, question.no)}"
            yield Frame(Text(text), title=question.title, border_style="cyan")
        if prompt is not None:
            document = f"\n\n“{prompt.document.strip()}”" if prompt.document else ""
            lines = "".join(
                f"\n{'●' if c.chosen else '·'} {c.holder} · {c.issuer} · {c.days} {c.why_not}"
                for c in prompt.certificates
            )
            answers = "" if prompt.pin == "here" else f"\n{self._answers(prompt.yes, prompt.no)}"
            yield Frame(Text(f"{prompt.text}{document}\n{lines}{answers}"), title=prompt.title, border_style="cyan")
        if end is not None:
            receipt = f"\n{self._words('ui.receipt')}: {end.receipt}" if end.receipt else ""
            style = _STYLES[end.tone]
            said = "\n".join(filter(None, (end.text, end.done, end.remedy, end.hint, end.came)))
            acts = "".join(f"\n[{n}] {label}" for n, (_, label) in zip(_DIGITS, end.actions, strict=False))
            yield Frame(Text(f"{said}{receipt}{acts}"), title=end.title, border_style=style, style=style)

    def _key_line(self) -> Text:
        return Text(self._key_words(), "bold yellow" if self._sure else "dim")

    def _key_words(self) -> str:
        view, words = self._view, self._words
        if view.end is not None:
            return words("ui.keys_end")
        if self._sure:
            yes, no = words("ui.stop_yes"), words("ui.stop_no")
            return f"{words('ui.stop_sure')}  {self._answers(yes, no).replace(chr(10), '   ')}"
        if view.prompt is not None and view.prompt.pin == "here":
            if not self._is_read:
                return words("ui.keys_pin_later")
            return f"{words('ui.keys_pin')}{' · ' + words('ui.pin_typed') if self._typing else ''}"
        return f"{words('ui.keys_more_time')} · {words('ui.keys')}" if view.left_s is not None else words("ui.keys")

    def _answers(self, yes: str, no: str) -> str:
        """Return each possible answer with its key, one per line."""
        return "\n".join(f"[{self._words(f'key.{kind}')}] {label}" for kind, label in _both(yes, no) if label)


def _told(troubles: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for title, remedy in troubles:
        yield f"• {title}:"
        yield from (f"  {line}" for line in remedy.splitlines())


def _asked(view: View) -> object:
    """Return what there is to read and answer in *view*, without what ticks."""
    advice = (view.now, view.advice.title, view.advice.buttons) if view.advice is not None else None
    return view.warn, view.question, view.prompt, advice, view.end


def _both(yes: str, no: str) -> tuple[tuple[EventKind, str], tuple[EventKind, str]]:
    return ("yes", yes), ("no", no)
