"""What goes wrong at the portal when a scenario says so: faults as data, put around the application as middleware.

A portal without faults never comes here. Each fault that really happened is in the ledger once, so that a run
that met none of what it was meant to meet can be told from one that got past it.
"""

from mock_portal.faults.desk import FaultDesk

__all__ = ["FaultDesk"]
