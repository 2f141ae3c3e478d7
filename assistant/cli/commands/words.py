"""The commands for learnt words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from assistant.cli import options
from assistant.cli.speech import Command, Group


@click.group("words", cls=Group)
def words() -> None:
    """Commands for learnt words."""


@words.command("list", cls=Command)
@options.json_output
@options.language
def list_(**asked: Any) -> int:
    """Show the learnt words."""
    from assistant.cli.words import WordsOptions, list_words

    return list_words(WordsOptions(**asked))


@words.command("export", cls=Command)
@options.argument("path", type=options.FILE, value="file")
@options.json_output
@options.language
def export(*, path: Path, **asked: Any) -> int:
    """Write learnt words to a portal file."""
    from assistant.cli.words import WordsOptions, export_words

    return export_words(WordsOptions(**asked), path)


@words.command("import", cls=Command)
@options.argument("path", type=options.FILE, value="file")
@options.json_output
@options.language
def import_(*, path: Path, **asked: Any) -> int:
    """Import the words of a portal file."""
    from assistant.cli.words import WordsOptions, import_words

    return import_words(WordsOptions(**asked), path)


@words.command("forget", cls=Command)
@options.argument("which", nargs=-1, value="no")
@options.flag("--all", "every")
@options.json_output
@options.language
def forget(*, which: tuple[str, ...], every: bool, **asked: Any) -> int:
    """Forget learnt words."""
    from assistant.cli.words import WordsOptions, forget_words

    return forget_words(WordsOptions(**asked), which, every=every)
