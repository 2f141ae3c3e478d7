"""Many runs at once, each with its deadline: what workers know, who has them work, and the fleet that tells the end."""

from assistant.fleet.craft import Craft
from assistant.fleet.executor import DeadlinePassedError, Executor, WorkerLostError
from assistant.fleet.many import Fleet, cores
from assistant.fleet.worker import say

__all__ = ["Craft", "DeadlinePassedError", "Executor", "Fleet", "WorkerLostError", "cores", "say"]
