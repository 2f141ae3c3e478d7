"""Other tools on the same drifted pages and seeds, for ``eonay drift --compare``; the same ledger judges them."""
