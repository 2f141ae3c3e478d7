"""The one application that may ask the gateway for a login, and what such a request is made of."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from mock_portal.portal import Portal

AUTHORIZATION_PATH = "/OAuth2AuthorizationServer/AuthorizationController"
START_PATH = "/OAuth2/baslat"
"""Where the geçit starts a login; the link "E-devlet kapısına git" goes there. No parameters."""

CALLBACK_PATH = "/OAuth2/edevletsonuc"
"""Where it receives the gateway's answers."""

CLIENT_ID = "kamusm-gecit"
CLIENT_NAME = "TÜBİTAK - KamuSM Geçit Uygulaması"
SCOPE = "Kimlik-Dogrula;Ad-Soyad"


@dataclass(frozen=True)
class AuthorizationRequest:
    """A request that has passed the checks of `authorization.py`: its redirect address is the registered one."""

    client_id: str
    redirect_uri: str
    state: str

    def address(self) -> str:
        """Return the path and query of the request (to make it again after the login)."""
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "state": self.state,
            "scope": SCOPE,
            "redirect_uri": self.redirect_uri,
        }
        return f"{AUTHORIZATION_PATH}?{urlencode(query, safe=';')}"

    def answer(self, **values: str) -> str:
        """Return the client's address with an answer, such as `code=...` or `error=access_denied`."""
        return f"{self.redirect_uri}?{urlencode({**values, 'state': self.state})}"


def registered_redirect(portal: Portal) -> str:
    """Return the only address that answers are ever sent to."""
    return portal.origin("gecit") + CALLBACK_PATH


def authorization_url(portal: Portal, state: str) -> str:
    """Return the address to which the geçit sends its visitor."""
    request = AuthorizationRequest(CLIENT_ID, registered_redirect(portal), state)
    return portal.origin("giris") + request.address()
