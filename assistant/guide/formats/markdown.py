"""The guide as Markdown (CommonMark with tables), for a wiki or a repository; its pictures lie next to it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from assistant.guide.model import (
    Block,
    Bullets,
    Figure,
    Guide,
    Note,
    Paragraph,
    Section,
    Table,
    Terms,
    Text,
    plain,
)
from assistant.guide.wording import heading

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
_LINE_START = re.compile(r"^(\d+)([.)])|^([-+#])", re.MULTILINE)


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the guide and its pictures into *folder*."""
    path = folder / f"{guide.words['file.guide']}.md"
    pictures = folder / f"{path.stem}-md"
    pictures.mkdir(exist_ok=True)
    copied = []
    for figure in guide.figures:
        copied.append(pictures / f"{figure.number:02d}-{figure.id}.png")
        shutil.copyfile(figure.shot().marked, copied[-1])
    path.write_text(_document(guide, pictures.name), encoding="utf-8", newline="\n")
    return (path, *copied)


def _document(guide: Guide, pictures: str) -> str:
    parts = [
        f"# {_escape(guide.title)}",
        f"**{_escape(guide.subtitle)}**",
        _escape(guide.summary),
        *(_escape(line) + "  " for line in (*guide.brand.institution, guide.brand.unit)),
        f"## {_escape(guide.words['contents'])}",
        _contents(guide),
    ]
    for section in guide.sections:
        parts += _section(section, guide, pictures, level=2)
    parts += ["---", _escape(guide.words["support"])]
    return "\n\n".join(parts) + "\n"


def _contents(guide: Guide) -> str:
    lines = []
    for section in guide.sections:
        lines.append(f"- [{_escape(heading(section, guide))}](#{section.id})")
        lines += [f"  - [{_escape(heading(part, guide))}](#{part.id})" for part in section.parts]
    return "\n".join(lines)


def _section(section: Section, guide: Guide, pictures: str, level: int) -> list[str]:
    parts = [f'<a id="{section.id}"></a>', f"{'#' * level} {_escape(heading(section, guide))}"]
    if section.lead:
        parts.append(f"**{_escape(section.lead)}**")
    parts += [_block(block, guide, pictures) for block in section.blocks]
    for part in section.parts:
        parts += _section(part, guide, pictures, level + 1)
    return parts


def _block(block: Block, guide: Guide, pictures: str) -> str:
    match block:
        case Paragraph():
            return _words(block.text)
        case Bullets():
            marks = (f"{number}." if block.ordered else "-" for number in range(1, len(block.items) + 1))
            return "\n".join(f"{mark} {_words(item)}" for mark, item in zip(marks, block.items, strict=True))
        case Note():
            label = guide.words[f"note.{block.kind}"]
            return f"> **{_escape(label)}: {_escape(block.title)}**  \n> {_words(block.text)}"
        case Table():
            return _table(block)
        case Terms():
            return "\n".join(f"- **{_escape(term)}**: {_words(text)}" for term, text in block.items)
        case Figure():
            return _figure(block, guide, pictures)


def _figure(figure: Figure, guide: Guide, pictures: str) -> str:
    kind = f" ({guide.words['drawing']})" if figure.is_drawing else ""
    caption = f"{guide.words['figure']} {figure.number}. {figure.caption}{kind}"
    return f"![{_escape(figure.alt)}]({pictures}/{figure.number:02d}-{figure.id}.png)\n\n*{_escape(caption)}*"


def _table(table: Table) -> str:
    lines = [f"**{_escape(table.caption)}**\n"] if table.caption else []
    lines.append("| " + " | ".join(map(_escape, table.head)) + " |")
    lines.append("|" + " --- |" * len(table.head))
    lines += ["| " + " | ".join(map(_words, row)) + " |" for row in table.rows]
    return "\n".join(lines)


def _words(text: Text) -> str:
    return (
        "".join(
            f"**{_escape(span.text)}**"
            if span.strong
            else f"[{_escape(span.text)}]({span.link})"
            if span.link
            else _escape(span.text)
            for span in text
        )
        if plain(text).strip()
        else ""
    )


def _escape(text: str) -> str:
    """Return *text* so that Markdown shows it as it is."""
    escaped = _SPECIAL.sub(r"\\\1", text)
    return _LINE_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", escaped)
