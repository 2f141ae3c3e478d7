"""Runs the flows with a person: command line, settings, browser, card, signing, receipts, dry runs."""

import os

from assistant.base.quiet_environment import quieten

IGNORED = quieten(os.environ)
"""Variables that were set and that we ignore: see `assistant.base.quiet_environment`.

It happens here because every entry point passes through here, and Playwright reads them on import.
"""
