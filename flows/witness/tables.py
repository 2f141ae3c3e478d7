"""Tables with a row of headings: a list of past requests, or of the certificates on a card.

A person reads such a table cell by cell, as the observer does. What stands below or beside each other in it is no
sentence, unless it could be read as one that decides something.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from flows.look import Look
from flows.observation import TabView
from flows.statement import is_understood, read_statement
from flows.witness.reading import is_caption, letters_of, read_as_one, words_as_seen
from flows.witness.sight import SeenWords
from flows.witness.snapshot import Node, PageSnapshot
from flows.witness.styles import hull
from flows.words import asks, decides, wills, wishes, words

_CELLS = frozenset({"td", "th"})
_CELL_ROLES = frozenset({"cell", "gridcell", "columnheader", "rowheader"})
_TABLE_ROLES = frozenset({"table", "grid"})
_FEWEST_HEADINGS = 2
_KNOWN = re.compile(r"""(?x)
    \w*\d\w*|no|sira|seri|numara(?:si)?|sertifika(?:nin|si)?|nes|nitelikli|elektronik|e|imza|eimza|tur|turu|tip|tipi|ad|adi
    |soyad|soyadi|sahibi|kurum|kurumu|baslangic|bitis|son|gecerlilik|kullanim|tarih|tarihi|saat|saati|durum|durumu|gecerli
    |gecersiz|aktif|pasif|suresi|dolmus|doldu|bitmis|tamamlandi|kayit|ve|ile
""")
"""Words of a list of certificates: what each is, and nothing that is done with it."""


class Tables:
    """Which of the words in *snapshot* are entries of a table with headings."""

    def __init__(self, snapshot: PageSnapshot, tab: TabView, look: Look, is_told: Callable[[str], bool]) -> None:
        """*is_told* says whether the observer has some words as a line of their own."""
        self._snapshot = snapshot
        self._tab = tab
        self._look = look
        self._is_told = is_told

    def lists(self, passage: Sequence[SeenWords]) -> bool:
        """Return whether *passage* is entries of one table, perhaps with its title, and can't be read as a sentence.

        Each entry must be a caption, and the whole must want, decide or withdraw nothing. Where the consent is decided
        we have to know every word.
        """
        if not self._headed:
            return False
        pieces: dict[int, list[SeenWords]] = {}
        tables = set()
        for seen in passage:
            if letters_of(seen.text):
                cell = self._up(seen.node, _CELLS, _CELL_ROLES)
                if cell is not None:
                    tables.add(self._table_of(cell))
                pieces.setdefault(seen.node if cell is None else cell.number, []).append(seen)
        said = [read_as_one(piece) for piece in pieces.values()]
        whole = " ".join(said)
        if len(tables) != 1 or not tables <= self._headed or not all(is_caption(s) and self._is_told(s) for s in said):
            return False
        if asks(whole) or wills(whole) or wishes(whole) or decides(whole):
            return False
        is_apart = not any(words_as_seen(one) in self._decisive for one in said)
        return (is_apart or all(map(_KNOWN.fullmatch, words(whole)))) and is_understood(
            whole, self._look, in_block=False
        )

    def entries(self, seen: Sequence[SeenWords]) -> Iterator[str]:
        """Yield each entry of *seen* in a table with headings, with the heading of its column: "E-Onay: Aktif"."""
        if not self._headed:
            return
        heads: dict[int, dict[int, list[SeenWords]]] = {}
        cells: dict[int, dict[int, list[SeenWords]]] = {}
        for some in seen:
            cell = self._up(some.node, _CELLS, _CELL_ROLES) if letters_of(some.text) else None
            if cell is not None and (table := self._table_of(cell)) in self._headed:
                kind = heads if _is_head(cell) else cells
                kind.setdefault(table, {}).setdefault(cell.number, []).append(some)
        for table, entries in cells.items():
            for entry in entries.values():
                middle = _middle(entry)
                for number, head in heads.get(table, {}).items():
                    box = self._snapshot.nodes[number].box
                    if box is not None and box[0] <= middle < box[0] + box[2]:
                        yield f"{read_as_one(head)}: {read_as_one(entry)}"

    @cached_property
    def _headed(self) -> frozenset[int]:
        """The tables with a row of headings, by their nodes' numbers."""
        rows = Counter((self._table_of(node), node.parent) for node in self._snapshot.nodes if _is_head(node))
        return frozenset(table for (table, _), count in rows.items() if table >= 0 and count >= _FEWEST_HEADINGS)

    @cached_property
    def _decisive(self) -> frozenset[str]:
        """The lines of the block in which the consent is decided."""
        said = read_statement(self._tab, self._look)
        return frozenset(
            words_as_seen(" ".join(text for _, text in line))
            for number, (first, last) in (said.blocks if said is not None else ())
            for line in self._tab.frames[number].page_runs
            if first <= line[0][0] < last
        )

    def _table_of(self, cell: Node) -> int:
        table = self._up(cell.number, frozenset({"table"}), _TABLE_ROLES)
        return -1 if table is None else table.number

    def _up(self, number: int, names: frozenset[str], roles: frozenset[str]) -> Node | None:
        """Return the nearest of these that node *number* is or is in."""
        while number >= 0:
            node = self._snapshot.nodes[number]
            if node.name in names or node.attributes.get("role") in roles:
                return node
            number = node.parent
        return None


def _is_head(cell: Node) -> bool:
    return cell.name == "th" or cell.attributes.get("role") == "columnheader"


def _middle(words: Sequence[SeenWords]) -> float:
    box = hull([w.box for w in words])
    return box[0] + box[2] / 2
