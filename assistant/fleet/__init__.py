"""Many runs at once, each with a deadline: what workers know, who gives them work, and the fleet that reports back."""

from assistant.fleet.craft import Craft
from assistant.fleet.engine import engine_of
from assistant.fleet.executor import DeadlinePassedError, Executor, TakenOver, WorkerLostError
from assistant.fleet.many import Engine, Fleet, cores
from assistant.fleet.worker import say

__all__ = [
    "Craft",
    "DeadlinePassedError",
    "Engine",
    "Executor",
    "Fleet",
    "TakenOver",
    "WorkerLostError",
    "cores",
    "engine_of",
    "say",
]
