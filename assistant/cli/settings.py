"""The command ``eonay settings``: what is in force, and where each setting comes from."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from assistant.settings import PREFIX, Effective, Source, load_effective

_SOURCES: dict[Source, str] = {
    "default": "varsayılan",
    "file": "eonay.toml",
    "profile": "eonay.toml, profil",
    "environment": "ortam değişkeni",
    "option": "seçenek",
}


def show_settings(*, json_output: bool = False) -> int:
    """Show the effective settings; of a secret only whether it is set."""
    effective = load_effective()
    if json_output:
        sys.stdout.write(json.dumps(_as_json(effective), ensure_ascii=False) + "\n")
        return 0
    console = Console(highlight=False)
    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in ("ayar", "değer", "nereden", "ortam değişkeni"):
        table.add_column(head, overflow="fold")
    for name, source in effective.sources.items():
        style = "" if source != "default" else "dim"
        value = shown_value(getattr(effective.settings, name))
        table.add_row(name, value, _SOURCES[source], PREFIX + name.upper(), style=style)
    console.print(table)
    there = "" if effective.file.is_file() else " (yok; oluşturabilirsiniz)"
    console.print(f"\nAyar dosyası: {effective.file}{there}", soft_wrap=True)
    if effective.profile:
        console.print(f"Profil: {effective.profile}")
    return 0


def shown_value(value: object) -> str:
    """Return *value* as it may be shown: a secret only as being set."""
    if value is None or value == ():
        return "-"
    if isinstance(value, SecretStr):
        return "tanımlı (gizli)"
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
