"""The command ``eonay practice``: the guided run against the mock portal."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

from assistant.cli.run import RunOptions, Ui, farewell, is_desk_ready, opened
from assistant.desk.run import guide_with_card
from assistant.errors import UsageError, nearest
from assistant.outcome import Language, Outcome
from assistant.practice.stories import Story, staged, stories
from assistant.preflight.desk import Desk
from assistant.settings import Settings, forget_secrets
from assistant.setup import Part, ensure
from flows import HostRule

DEFAULT_STORY = "first-time"


@dataclass(frozen=True, slots=True)
class PracticeOptions:
    """What was asked for on the command line."""

    story: str = DEFAULT_STORY
    ui: Ui = "panel"
    language: Language = "tr"
    assume_yes: bool = False


def practise(options: PracticeOptions) -> int:
    """Practise a story and return the exit code of the run."""
    story = chosen(options.story)
    settings = Settings.load()
    forget_secrets()
    ensure([Part.BROWSER], assume_yes=options.assume_yes)
    if not is_desk_ready(Desk(settings=settings, language=options.language), card=False):
        return Outcome.FAILED.exit_code
    run_options = RunOptions(ui=options.ui, language=options.language)
    with staged(story) as stage:
        rule = HostRule.for_loopback(stage.entry)
        with opened(rule, settings, run_options) as (desk, portal):
            desk = replace(
                desk,
                scenario="practice",
                edition=stage.portal.edition,
                practice=stage.credentials(options.language),
                practice_hint=story.hint[options.language],
                receipts=None,
            )
            receipt = guide_with_card(desk, portal, stage.card)
    return farewell(receipt, desk.words)


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
