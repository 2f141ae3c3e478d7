"""The card: one small interface (`card.Card`) over a PKCS#11 module, a virtual token or a card in memory.

Read it in this order: `pin` and `model` (what is spoken of), `certificates` (which one may sign), `card` (the
interface), `process` (a vendor module in a process of its own, whose inside is `worker`, `driver` and `keyring`),
`software` (a card in memory), `provision` (a fresh SoftHSM2 token), `modules` (where modules usually lie).

Nothing is imported here: the worker process starts from this package and should start fast.
"""
