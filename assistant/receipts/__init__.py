"""Receipts that are kept: read back (`kept`), as a page to print (`page`), many as one table (`summary`).

What a receipt may hold, and nothing else, is told by `assistant.receipts.receipt`.
"""

from assistant.receipts.kept import Broken, Kept, find_receipt, read_folder

__all__ = ["Broken", "Kept", "find_receipt", "read_folder"]
