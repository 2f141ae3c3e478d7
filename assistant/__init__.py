"""Runs the flows with a person: command line, settings, browser, card, signing, receipts, dry runs."""
