"""What the person, or somebody in another window, does during a run."""

from __future__ import annotations

from mock_portal.ledger import Act
from mock_portal.portal import Portal


def carry_out(does: str, portal: Portal, path: str) -> None:
    """Do it for everybody at *portal*. *path* is the path of the visit, which may contain a code."""
    if does == "sign":
        code = path.removesuffix("/signature").rpartition("/")[2]
        portal.desk.accept(code, b"signed elsewhere")
        return
    for key in portal.people:
        if does == "give" and portal.state.give_consent(key):
            portal.ledger.record(Act.CONSENT_GIVEN, key, window="another")
        elif does == "withdraw" and portal.state.withdraw_consent(key):
            portal.ledger.record(Act.CONSENT_WITHDRAWN, key, window="another")
        elif does == "revoke":
            portal.revoke(key)
