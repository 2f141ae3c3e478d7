"""The command for words that were learnt: a group of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from assistant.cli import options
from assistant.cli.speech import Command, Group


@click.group("words", cls=Group, short_help="Bu bilgisayarda öğrenilen düğme adlarını gösterir, aktarır, unutur.")
def words() -> None:
    """Gösterdiğiniz düğmelerin adları bu bilgisayarda saklanır; kişiye ait bilgi saklanmaz."""


@words.command("list", cls=Command, short_help="Öğrenilen sözcükleri gösterir.")
@options.json_output
@options.language
def list_(**asked: Any) -> int:
    """Her sözcüğün ne olduğunu, nerede durduğunu ve sorulmadan kullanılıp kullanılmadığını gösterir."""
    from assistant.cli.words import WordsOptions, list_words

    return list_words(WordsOptions(**asked))


@words.command("export", cls=Command, short_help="Sözcükleri başka masalar için bir portal dosyasına yazar.")
@options.argument("path", type=options.FILE, metavar="DOSYA", help="Yazılacak portal dosyası.")
@options.json_output
@options.language
def export(*, path: Path, **asked: Any) -> int:
    """Yalnız iyi biten bir çalışmada kullanılmış sözcükler yazılır."""
    from assistant.cli.words import WordsOptions, export_words

    return export_words(WordsOptions(**asked), path)


@words.command("import", cls=Command, short_help="Başka bir masanın sözcüklerini alır.")
@options.argument("path", type=options.FILE, metavar="DOSYA", help="Alınacak portal dosyası.")
@options.json_output
@options.language
def import_(*, path: Path, **asked: Any) -> int:
    """Dosya denetlenir; içinde uygun olmayan bir şey varsa satırıyla söylenir ve hiçbiri alınmaz."""
    from assistant.cli.words import WordsOptions, import_words

    return import_words(WordsOptions(**asked), path)


@words.command("forget", cls=Command, short_help="Sözcükleri unutur.")
@options.argument("which", nargs=-1, metavar="[NO]...", help="Listedeki numaralar ya da sözcüğün kendisi.")
@options.flag("--all", "every", help="Hepsini unut.")
@options.json_output
@options.language
def forget(*, which: tuple[str, ...], every: bool, **asked: Any) -> int:
    """Unutulan sözcük bir daha kullanılmaz; asistan gerekirse yeniden sorar."""
    from assistant.cli.words import WordsOptions, forget_words

    return forget_words(WordsOptions(**asked), which, every=every)
