"""The command ``eonay completion``: lets a shell complete commands and options with Tab."""

from __future__ import annotations

import sys

import click
from click.shell_completion import get_completion_class

from assistant.base.errors import UsageError

VARIABLE = "_EONAY_COMPLETE"
"""The shell sets this variable to get click's own answer to Tab."""


def print_completion(shell: str, commands: click.Command) -> int:
    """Print the script that completes *commands* in *shell*. Raises `UsageError` for an unknown shell."""
    found = get_completion_class(shell)
    if found is None:
        raise UsageError.of("cli.completion.no_shell", shell=shell)
    sys.stdout.write(found(commands, {}, "eonay", VARIABLE).source() + "\n")
    return 0
