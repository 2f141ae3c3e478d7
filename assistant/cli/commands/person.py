"""The commands for a person and their own desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from assistant.base.words import table
from assistant.cli import options
from assistant.cli.speech import Command, asked_language
from fixtures import Look

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _stories(_context: click.Context, _option: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the practice stories whose names begin so, for the Tab key."""
    from click.shell_completion import CompletionItem

    told = table("practice")["story"]
    return [CompletionItem(name, help=told[name]["title"][asked_language()]) for name in told if name.startswith(begun)]


@click.command("run", cls=Command)
@options.portal
@options.choice(
    "--sign",
    of=("card", "app"),
)
@options.choice(
    "--goal",
    of=("eonay", "pin"),
    default="eonay",
)
@options.flag("--watch")
@options.flag("--snapshot")
@options.flag("--companion")
@options.ui
@options.language
@options.assume_yes
def run(*, companion: bool, watch: bool, snapshot: bool, **asked: Any) -> int:
    """Give E-Onay with the assistant's company: guided, watched, or in the person's own browser."""
    from assistant.assembly.guided import GuidedOptions
    from assistant.base.errors import UsageError
    from assistant.cli.run import run_command, run_companion, run_watch

    watch = watch or asked["goal"] != "eonay"
    if watch and (companion or asked["sign"]):
        raise UsageError.of("cli.run.watch_alone")
    if snapshot and companion:
        raise UsageError.of("cli.run.snapshot_unseen")
    if snapshot:
        from assistant.cli.snapshot import run_with_snapshot

        return run_with_snapshot(GuidedOptions(**asked), None, may_go_without=True, only_watches=watch)
    how = run_watch if watch else run_companion if companion else run_command
    return how(GuidedOptions(**asked))


@click.command("practice", cls=Command)
@options.argument("story", default="", value="story", shell_complete=_stories)
@options.listing
@options.look("plain")
@options.ui
@options.language
@options.assume_yes
def practice(*, story: str, only_list: bool, look: Look, **asked: Any) -> int:
    """Try giving E-Onay on the mock portal."""
    from assistant.assembly.guided import GuidedOptions
    from assistant.cli.practice import list_stories, practise

    wanted = GuidedOptions(**asked)
    return list_stories(wanted.language) if only_list else practise(story, wanted, look)


@click.command("doctor", cls=Command)
@options.flag("--online")
@options.json_output
@options.language
def doctor(**asked: Any) -> int:
    """Check whether this computer is ready."""
    from assistant.cli.doctor import run_doctor

    return run_doctor(**asked)


@click.command("card", cls=Command)
@options.option(
    "--reminder",
    type=options.FILE,
    value="file",
)
@options.json_output
@options.language
def card(**asked: Any) -> int:
    """Show the card and its certificates."""
    from assistant.cli.doctor import run_card

    return run_card(**asked)


@click.command("completion", cls=Command)
@options.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), value="shell")
def completion(*, shell: str) -> int:
    """Print what a shell needs to complete."""
    from assistant.cli.completion import print_completion

    return print_completion(shell, click.get_current_context().find_root().command)


@click.command("settings", cls=Command)
@options.json_output
@options.language
def settings(**asked: Any) -> int:
    """Show the settings in force."""
    from assistant.cli.settings import show_settings

    return show_settings(**asked)
