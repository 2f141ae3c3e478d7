"""The command ``eonay snapshot``: take, recognise, compare, bundle."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from assistant.assembly.guided import GuidedOptions
from assistant.base.answer import print_json
from assistant.base.console import Console
from assistant.base.errors import UsageError
from assistant.base.files import write
from assistant.base.outcome import Outcome
from assistant.base.trouble import why
from assistant.base.words import Language, told
from assistant.receipts import find_receipt, read_folder
from assistant.receipts.receipt import Receipt, receipts_folder
from assistant.snapshot.bundling import bundle, parts, report
from assistant.snapshot.comparing import ScreenChanges, compare, path_of
from assistant.snapshot.folder import newest_file
from assistant.snapshot.kept import Snapshot, read_snapshot
from assistant.snapshot.nearness import compare_with_known
from assistant.snapshot.recognising import Recognised, recognised
from assistant.snapshot.reference import EDITIONS, reference
from assistant.snapshot.telling import next_words, recognised_lines, title_of
from assistant.wording.look import look_with


def recognise_file(file: Path, *, portal_file: Path | None, json_output: bool, language: Language) -> int:
    """Say what we make of each page in the snapshot *file*; 1 if we don't recognise one. Raises `UsageError`."""
    look = look_with(portal_file)
    pages = [recognised(screen, look) for screen in _read(file).screens]
    known = sum(bool(page.name) for page in pages)
    if json_output:
        print_json({"pages": [_page_entry(page, language) for page in pages]})
    else:
        lines: list[str] = []
        for at, page in enumerate(pages, 1):
            lines += [*recognised_lines(at, page, look, language), ""]
        kind = "good" if known == len(pages) else "bad"
        say([*lines, told(f"snapshot.recognise.summary_{kind}", language, count=len(pages), known=known)])
    return 0 if known == len(pages) else 1


def compare_files(before: Path, after: Path, *, layout: bool, json_output: bool, language: Language) -> int:
    """Show how two snapshots differ; 1 if a difference may matter to the assistant."""
    is_known = str(before) in EDITIONS and str(after) not in EDITIONS
    found = (compare_with_known if is_known else compare)(_read(before), _read(after))
    if not layout:
        shown = (ScreenChanges(one.screen, tuple(c for c in one.changes if not c.is_layout)) for one in found)
        found = tuple(one for one in shown if one.changes)
    if json_output:
        print_json({"screens": [_changes_entry(one, language) for one in found]})
    else:
        say(changes_lines(found, language))
    return 1 if any(not change.is_layout for one in found for change in one.changes) else 0


def changes_lines(found: Iterable[ScreenChanges], language: Language) -> list[str]:
    """Return the differences, one line each, under the name of their screen."""
    lines = []
    for one in found:
        title = title_of(one.screen, language)
        lines.append(
            told(
                "snapshot.compare.screen", language, screen=title if title == one.screen else f"{one.screen} ({title})"
            )
        )
        lines += [f"  • {change.told(language)}" for change in one.changes]
    return lines or [told("snapshot.compare.same", language)]


def say(lines: Iterable[str]) -> None:
    """Print *lines*, wrapped at the terminal's width and indented to match."""
    console = Console(highlight=False)
    for line in lines:
        text = line.lstrip()
        indent = len(line) - len(text) + (2 if text[:1] in "✓✗•" else 0)
        for number, part in enumerate(_wrapped(text, max(console.width - indent, 20))):
            lead = " " * (len(line) - len(text) if number == 0 else indent)
            console.print(f"{lead}{part}", markup=False, soft_wrap=True)


def _wrapped(text: str, width: int) -> list[str]:
    from textwrap import wrap

    return wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def _read(file: Path) -> Snapshot:
    return reference(str(file)) if str(file) in EDITIONS else read_snapshot(file)


def _page_entry(page: Recognised, language: Language) -> dict[str, Any]:
    signals = page.told.verdicts if page.told else ()
    return {
        "path": path_of(page.screen),
        "taken_as": page.screen.name,
        "screens": list(page.taken_for),
        "nearest": page.told.spec.name if page.told else None,
        "signals": [
            {**_only_said(asdict(v.signal)), "kind": v.kind, "is_there": v.is_there, "speaks_for": v.speaks_for}
            for v in signals
        ],
        "next": next_words(page, language),
    }


def _changes_entry(one: ScreenChanges, language: Language) -> dict[str, Any]:
    changes = [{"kind": c.kind, **dict(c.facts), "layout": c.is_layout, "told": c.told(language)} for c in one.changes]
    return {"screen": one.screen, "changes": changes}


def _only_said(entries: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entries.items() if value}


def make_bundle(*, snapshot: Path | None, receipt: str | None, out: Path | None, language: Language) -> int:
    """Show what a help bundle would say, ask, and write it; 4 if the person doesn't want it.

    Raises `UsageError` if there is no snapshot, no such receipt, or nobody to ask.
    """
    source = snapshot or newest_file()
    kept = read_snapshot(source)
    of_run = _receipt(receipt, language)
    files = parts(kept, of_run)
    say(
        [
            *report(kept, of_run, language),
            "",
            told("snapshot.bundle.holds", language, files=", ".join(files)),
            str(source),
        ]
    )
    if not sys.stdin.isatty():
        raise UsageError.of("cli.snapshot.nobody")
    Console(highlight=False).print(told("snapshot.bundle.ask", language), end="", markup=False, soft_wrap=True)
    if sys.stdin.readline().strip().lower() != told("snapshot.bundle.yes", language):
        say([told("snapshot.bundle.not_saved", language)])
        return Outcome.CANCELLED.exit_code
    path = out or Path(f"eonay-yardim-{source.stem}.zip")
    try:
        write(path, bundle(kept, of_run), private=True)
    except OSError as error:
        raise UsageError.of("cli.all.unwritten", path=path, why=partial(why, error)) from None
    say([told("snapshot.bundle.saved", language, path=path)])
    return 0


def _receipt(wanted: str | None, language: Language) -> Receipt | None:
    """Return the receipt *wanted* by number or id, or the newest; None if there are none."""
    kept, _ = read_folder(receipts_folder(), language=language)
    if wanted is None:
        return kept[0].receipt if kept else None
    found = find_receipt(kept, wanted)
    if found is None:
        raise UsageError.of("cli.snapshot.no_receipt", name=repr(wanted))
    return found.receipt


def run_with_snapshot(
    options: GuidedOptions, out: Path | None, *, may_go_without: bool, only_watches: bool = False
) -> int:
    """Make a guided or watched run in which the person may allow snapshots; return the run's exit code."""
    from assistant.cli.run import run_command, run_watch
    from assistant.snapshot.taking import SnapshotTaking

    taking = SnapshotTaking(out, may_go_without=may_go_without, only_watches=only_watches)
    code = (run_watch if only_watches else run_command)(options, taking)
    if taking.saved is not None and taking.kept is not None:
        count = len(taking.kept.screens)
        lines = [told("snapshot.taking.saved", options.language, path=taking.saved, count=count)]
        say([*lines, *([told("snapshot.bundle.hint", options.language)] if code else [])])
    else:
        say([told("snapshot.taking.none_kept", options.language)])
    return code
