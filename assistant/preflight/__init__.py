"""Preflight: is this desk ready to give E-Onay? Asks for no PIN and costs no try.

Read in this order: `finding` (what a check reports), `desk` (what the checks look at, once each), the checks
(`machine`, `java`, `card`, `online`), `checks` (runs them with one deadline: `examine`, `examine_card`, `short`).
Underneath: `pcsc` (readers without a card driver, in its own process), `atr` (whose card it is), `binaries` (32 or 64
bit).

We import nothing here: the process that asks PC/SC starts from this package and should start fast.
"""
