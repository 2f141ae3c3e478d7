"""Saved receipts: read them back (`kept`), print one (`page`), sum many up in a table (`summary`).

`assistant.receipts.receipt` says what a receipt may contain, and nothing else may.
"""

from assistant.receipts.kept import Broken, SavedReceipt, find_receipt, read_folder

__all__ = ["Broken", "SavedReceipt", "find_receipt", "read_folder"]
