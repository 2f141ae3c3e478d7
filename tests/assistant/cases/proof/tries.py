"""Trying traps and twins: by the rules alone, or with a browser and a whole run each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from assistant.fleet import Fleet
from tests.assistant.cases.explore import Done, Task, Trying
from tests.assistant.cases.kinds import ALL
from tests.assistant.cases.proof.judge import judge
from tests.assistant.cases.proof.pure_kinds import PURE
from tests.assistant.cases.proof.table import Tried


def tasks(kinds: Iterable[str], pages: int, first_seed: int = 0) -> list[Task]:
    """Return *pages* tasks, half of them traps, the kinds in turn."""
    names = list(kinds)
    pairs = ((names[n % len(names)], first_seed + n // len(names)) for n in range(-(-pages // 2)))
    return list(islice((Task(kind, seed, trap) for kind, seed in pairs for trap in (True, False)), pages))


def try_purely(task: Task) -> Tried:
    """Judge one page by the rules alone."""
    made = task.variant
    judged = judge(made.html)
    wrong = tuple(judged.wrong(made.expected))
    differs = () if wrong or judged.is_right(made.expected) else (judged.why,)
    return Tried(task.kind, task.seed, task.trap, wrong, differs, made.name)


def purely(pages: int, first_seed: int = 0) -> list[Tried]:
    """Judge *pages* pages of all kinds that can be told from their markup."""
    return [try_purely(task) for task in tasks(PURE, pages, first_seed)]


def of_run(done: Done) -> Tried:
    """Return what a run against a page came to."""
    task = done.task
    return Tried(task.kind, task.seed, task.trap, done.wrong_acts, done.differences, task.variant.name)


def in_a_browser(
    pages: int, jobs: int, first_seed: int = 0, note: Callable[[Tried], None] = lambda _: None
) -> list[Tried]:
    """Run the loop against *pages* pages of every kind; *note* hears of each as it ends."""
    wanted = tasks(ALL, pages, first_seed)
    ended: dict[Task, Tried] = {}

    def hear(done: Done) -> None:
        ended[done.task] = of_run(done)
        note(ended[done.task])

    Fleet(wanted, jobs, Trying(), hear).run()
    return _in_order(wanted, ended)


def _in_order(wanted: Sequence[Task], ended: dict[Task, Tried]) -> list[Tried]:
    return [ended[task] for task in wanted if task in ended]
