"""The command ``eonay settings``: the settings in force, and where each one comes from."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from rich.table import Table

from assistant.base.answer import print_json
from assistant.base.console import Console
from assistant.base.settings import PREFIX, Effective, load_effective
from assistant.base.words import Language, told, words


def show_settings(*, json_output: bool = False, language: Language = "tr") -> int:
    """Show the settings in force; for a secret, only whether it is set."""
    effective = load_effective()
    if json_output:
        print_json(_as_json(effective))
        return 0
    console = Console(highlight=False)
    table = Table(box=None, padding=(0, 2, 0, 0))
    texts = words("cli", language)
    for head in texts.group("settings.head").values():
        table.add_column(head, overflow="fold")
    for name, source in effective.sources.items():
        style = "" if source != "default" else "dim"
        value = shown_value(getattr(effective.settings, name), language)
        table.add_row(name, value, texts(f"settings.source.{source}"), PREFIX + name.upper(), style=style)
    console.print(table)
    end = "" if effective.file.is_file() else f" {texts('settings.there_not')}"
    console.print(f"\n{texts('settings.file', path=effective.file)}{end}", soft_wrap=True, markup=False)
    if effective.profile:
        console.print(texts("settings.profile", name=effective.profile), markup=False)
    return 0


def shown_value(value: object, language: Language = "tr") -> str:
    """Return *value* as we may show it; for a secret, only that it is set."""
    if value is None or value == ():
        return "-"
    if isinstance(value, SecretStr):
        return told("cli.settings.secret", language)
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _as_json(effective: Effective) -> dict[str, object]:
    def plain(value: object) -> object:
        if isinstance(value, SecretStr):
            return "set"
        return str(value) if isinstance(value, Path) else value

    return {
        "file": str(effective.file),
        "profile": effective.profile,
        "settings": {
            name: {"value": plain(getattr(effective.settings, name)), "source": source}
            for name, source in effective.sources.items()
        },
    }
