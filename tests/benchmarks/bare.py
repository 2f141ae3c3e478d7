"""The bare script as a program of its own, once: ``python -m tests.benchmarks.bare``."""

from __future__ import annotations

from tests.benchmarks.dry_run import bare_script, set_up


def main() -> None:
    """Serve the portal, make the card, start a browser, give the consent."""
    with set_up() as bench:
        bare_script(bench.browser, bench.served, bench.card, bench.label)


if __name__ == "__main__":
    main()
