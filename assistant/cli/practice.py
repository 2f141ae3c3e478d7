"""The command ``eonay practice``: the guided run against the mock portal."""

from __future__ import annotations

import sys

from assistant.assembly.guided import GuidedOptions, practising
from assistant.cli.run import farewell, is_desk_ready
from assistant.errors import UsageError, nearest
from assistant.outcome import Language, Outcome
from assistant.practice.stories import Story, stories
from assistant.preflight.desk import Desk
from assistant.settings import take_settings
from assistant.setup import Part, ensure
from fixtures import Look

DEFAULT_STORY = "first-time"


def practise(name: str, options: GuidedOptions, look: Look = "plain") -> int:
    """Practise the story of that *name*, the portal drawn in *look*, and return the exit code of the run."""
    story = chosen(name)
    settings = take_settings()
    ensure([Part.BROWSER], assume_yes=options.assume_yes)
    if not is_desk_ready(Desk(settings=settings, language=options.language), card=False):
        return Outcome.FAILED.exit_code
    with practising(story, settings, options, look) as run:
        receipt = run.go(run.desk)
    return farewell(receipt, options.language)


def chosen(name: str) -> Story:
    """Return the story of that name. Raises `UsageError` with the nearest one."""
    if name not in stories():
        raise UsageError(
            f"{name!r} adlı bir öykü yok.{nearest(name, stories())} Liste: eonay practice --list",
            f"There is no story {name!r}.{nearest(name, stories(), 'en')} List: eonay practice --list",
        )
    return stories()[name]


def list_stories(language: Language) -> int:
    """Print the stories."""
    for story in stories().values():
        sys.stdout.write(f"{story.name:<20} {story.title[language]}\n    {story.hint[language]}\n")
    start = {"tr": "Başlatmak için", "en": "To begin one"}[language]
    sys.stdout.write(f"\n{start}: eonay practice {DEFAULT_STORY}\n")
    return 0
