"""The command ``eonay completion``: lets a shell complete commands and options with Tab."""

from __future__ import annotations

import sys

import click
from click.shell_completion import get_completion_class

from assistant.base.errors import UsageError

VARIABLE = "_EONAY_COMPLETE"
"""The shell sets this variable to get click's own answer to Tab."""
_THE_ONE_TYPED = {
    "bash": (("bash_complete $1)", 'bash_complete "$1")'),),
    "zsh": (
        ("    (( ! $+commands[eonay] )) && return 1\n", ""),
        ("zsh_complete eonay)", "zsh_complete ${(Q)~words[1]})"),
    ),
    "fish": (("COMP_CWORD=(commandline -t) eonay)", "COMP_CWORD=(commandline -t) (commandline -opc)[1])"),),
}
"""What click's scripts say, and what ours say instead: ask the program as it was typed. From a checkout that is
``./eonay``, and no ``eonay`` is among the shell's commands."""


def print_completion(shell: str, commands: click.Command) -> int:
    """Print the script that completes *commands* in *shell*. Raises `UsageError` for an unknown shell."""
    found = get_completion_class(shell)
    if found is None:
        raise UsageError.of("cli.completion.no_shell", shell=shell)
    script = found(commands, {}, "eonay", VARIABLE).source()
    for theirs, ours in _THE_ONE_TYPED.get(shell, ()):
        script = script.replace(theirs, ours)
    sys.stdout.write(script + "\n")
    return 0
