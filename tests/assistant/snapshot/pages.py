"""Snapshots to try things on: the reference, with one thing changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.snapshot.kept import Screen, Snapshot
from flows import Control


def with_screen(snapshot: Snapshot, name: str, change: Callable[[Screen], Screen]) -> Snapshot:
    """Return *snapshot* with *change* made to the screen *name*."""
    return replace(snapshot, screens=tuple(change(s) if s.name == name else s for s in snapshot.screens))


def with_controls(screen: Screen, change: Callable[[Control], Control]) -> Screen:
    """Return *screen* with *change* made to each control."""
    frames = tuple(replace(f, controls=tuple(map(change, f.controls))) for f in screen.frames)
    return replace(screen, frames=frames)


def relabelled(screen: Screen, before: str, after: str) -> Screen:
    """Return *screen* with every *before*, as a label and in its lines, called *after*."""
    changed = with_controls(screen, lambda c: replace(c, text=c.text.replace(before, after)))
    frames = tuple(
        replace(f, runs=tuple(tuple((at, words.replace(before, after)) for at, words in line) for line in f.runs))
        for f in changed.frames
    )
    return replace(changed, frames=frames)
