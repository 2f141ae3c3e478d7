"""``python -m tests.flows.breaks [WORD …]``: make every break, or just those whose description has one of the words.

The exit code is 0 if each break turned its test red.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.flows.breaks import breaks, copied, is_noticed


def main(words: list[str]) -> int:
    """Make the breaks and say for each whether a test noticed."""
    survivors = 0
    with tempfile.TemporaryDirectory(prefix="eonay-breaks-") as folder, copied(Path(folder) / "copy") as place:
        for one in breaks():
            if words and not any(word in one.what for word in words):
                continue
            noticed = is_noticed(one, place)
            survivors += not noticed
            sys.stdout.write(f"{'red ' if noticed else 'STAYS GREEN'}  {one.file.rpartition('/')[2]}: {one.what}\n")
            sys.stdout.flush()
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
