"""Runs the flows with a person: command line, settings, browser, card, signing, receipts, dry runs."""

import os

from assistant.base.quiet_environment import quieten

IGNORED = quieten(os.environ)
"""Names of the variables that were set and have no effect here: see `assistant.base.quiet_environment`.

Done here, where no entry can leave it out: Playwright reads them when it is imported.
"""
