"""The card: one small interface (`card.Card`) for a PKCS#11 module, a virtual token or a card in memory.

Read in this order: `pin` and `model` (the vocabulary), `certificates` (which one may sign), `card` (the interface),
`process` (a vendor module in its own process; inside it are `worker`, `driver` and `keyring`), `software` (a card in
memory), `provision` (a fresh SoftHSM2 token), `modules` (where modules usually live).

We import nothing here: the worker process starts from this package and should start fast.
"""
