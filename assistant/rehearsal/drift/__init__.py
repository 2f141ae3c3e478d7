"""Drift runs: the flow on pages whose look has changed, judged by the portal's ledger.

``cases`` draws what changes, ``rehearsal`` runs one case and judges it, ``report`` counts. ``tests/other_tools`` has
other tools try the same pages.
"""
