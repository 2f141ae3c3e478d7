"""The command ``eonay practice``: the guided run against the mock portal."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial

from assistant.assembly.guided import GuidedOptions, practising
from assistant.base.errors import UsageError, nearest
from assistant.base.outcome import Outcome
from assistant.base.settings import take_settings
from assistant.base.words import Language, Words, told, words
from assistant.cli.run import farewell, is_desk_ready, left_early, settled_early
from assistant.desk.afterwards import Afterwards
from assistant.desk.panel import ADDRESS
from assistant.desk.surface import Surface
from assistant.practice.choice import pick_story
from assistant.practice.stories import Story, stories
from assistant.preflight.desk import Workstation
from assistant.setup import Part, ensure
from fixtures import Look

DEFAULT_STORY = "first-time"


def practise(name: str, options: GuidedOptions, look: Look = "plain") -> int:
    """Practise the story *name* with the portal drawn in *look*, and return the run's exit code.

    If *name* is empty, or for another round, the person picks a story on the surface.
    """
    story = chosen(name) if name else None
    settings = take_settings()
    ensure([Part.BROWSER], assume_yes=options.assume_yes)
    window = ADDRESS if options.ui == "panel" else ""
    here = Workstation(settings=settings, addresses=(), window=window, language=options.language)
    if not is_desk_ready(here, card=False):
        return Outcome.FAILED.exit_code
    code = Outcome.CANCELLED.exit_code
    while True:
        picking = _Picking(story)
        after = Afterwards(words("desk", options.language), is_practice=True)
        with practising(picking, settings, options, look) as run:
            if run is None:
                return code
            desk = replace(run.desk, after=after)
            settled = desk if run.here is None else settled_early(desk, run.here, after, official_app=False)
            if settled is None:
                return left_early(after.words)
            receipt = run.go(settled)
        code = farewell(receipt, options.language)
        if not after.wish:
            return code
        story = picking.story if after.wish == "again" else None


class _Picking:
    """Lets the person pick a story on a surface if we don't know it yet; None if they pick none."""

    def __init__(self, story: Story | None) -> None:
        self.story = story

    def __call__(self, surface: Surface, texts: Words) -> Story | None:
        if self.story is None:
            self.story = pick_story(surface, texts)
        return self.story


def chosen(name: str) -> Story:
    """Return the story with that name. Raises `UsageError` suggesting the nearest one."""
    if name not in stories():
        raise UsageError.of("cli.practice.no_story", name=repr(name), near=partial(nearest, name, stories()))
    return stories()[name]


def list_stories(language: Language) -> int:
    """Print the stories."""
    for story in stories().values():
        sys.stdout.write(f"{story.name:<20} {story.title[language]}\n    {story.hint[language]}\n")
    sys.stdout.write(f"\n{told('cli.practice.start', language, name=DEFAULT_STORY)}\n")
    return 0
