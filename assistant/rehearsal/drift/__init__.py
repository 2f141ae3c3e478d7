"""Drift runs: the flow against pages whose look has changed, judged by the portal's ledger.

``cases`` draws what changes, ``rehearsal`` runs one case and judges it, ``report`` counts, ``compare`` lets other ways
of finding things try the same pages.
"""
