"""Every way to sign a document from the portal, behind one protocol and one vocabulary (`component`).

Our own card signer, in reading order: `jnlp` (where the service is), `http` and `service` (the signing protocol),
`cades` (the signature), `signer` (all of it in sequence), then `by_card` (asks nobody) and `with_card` (asks a person).
KamuSM's own app: `app_files` and `page_fetch` (download and check its files), `with_app`.
"""
