"""The command ``eonay completion``: what a shell needs to complete commands and options with the Tab key."""

from __future__ import annotations

import sys

import click
from click.shell_completion import get_completion_class

from assistant.base.errors import UsageError

VARIABLE = "_EONAY_COMPLETE"
"""By this variable click's own answer to the Tab key is asked for."""


def print_completion(shell: str, commands: click.Command) -> int:
    """Print the script that completes *commands* in *shell*. Raises `UsageError` for a shell that is not known."""
    found = get_completion_class(shell)
    if found is None:
        raise UsageError.of("cli.completion.no_shell", shell=shell)
    sys.stdout.write(found(commands, {}, "eonay", VARIABLE).source() + "\n")
    return 0
