"""What goes wrong at the portal when a scenario says so: faults as data, wrapped around the application as middleware.

A portal without faults never gets here. Each fault that really happened is in the ledger once, so we can tell a run
that got past its fault from one that never met it.
"""

from mock_portal.faults.desk import FaultDesk

__all__ = ["FaultDesk"]
