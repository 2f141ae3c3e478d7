"""Preflight: is this desk fit to give E-Onay? Asks for no PIN and spends no try.

Read in this order: `finding` (what a check says), `desk` (what the checks look at, each looked at once), the checks
(`machine`, `java`, `card`, `online`), `run` (all of them under one deadline: `examine`, `examine_card`, `short`).
Below them: `pcsc` (readers without a card driver, in a process of its own), `atr` (whose card it is), `binaries`
(32 or 64 bit).

Nothing is imported here: the process that asks PC/SC starts from this package and should start fast.
"""
