"""Every way to sign a document of the portal, behind one protocol and one vocabulary (`component`).

Our own card signer, read in this order: `jnlp` (where the service is), `http` and `service` (the exchange of the
signing protocol), `cades` (the signature), `signer` (all of it, in order), then `by_card` (nobody is asked) and
`with_card` (a person is). KamuSM's own app: `app_files` and `page_fetch` (its files, fetched and checked), `with_app`.
"""
