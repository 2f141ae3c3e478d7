"""Signing a document of the portal with the project's own card signer.

Read it in this order: `jnlp` (where the service is), `http` and `service` (the exchange of the signing protocol),
`cades` (the signature), `signer` (all of it, in order).
"""
