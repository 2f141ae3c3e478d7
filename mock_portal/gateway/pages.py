"""What all pages of the gateway show besides their own content: who asks for the login, and the five methods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from mock_portal.gateway.client import CLIENT_NAME, AuthorizationRequest
from mock_portal.gateway.visit import visit_of
from mock_portal.web import check_csrf, portal_of, read_form, render

PASSWORD = "/Giris/e-Devlet-Sifresi"  # noqa: S105  an address
MOBILE = "/Giris/Mobil-Imza"
ESIGN = "/Giris/Elektronik-Imza"
ID_CARD = "/Giris/T-C-Kimlik-Karti"
BANK = "/Giris/Banka-Giris"
BANK_RETURN = "/Giris/Banka-Giris-Kontrol"
"""Where a bank sends back whoever has logged in there."""

TOKEN_FIELD = "currentPageToken"  # noqa: S105  a field's name


@dataclass(frozen=True)
class Method:
    """One way to log in, as an edition names it."""

    label: str
    path: str
    style: str
    """Class of the link (2020)."""
    other: bool = False
    """Whether it is under Diğer Yöntemler (2026)."""


METHODS: Mapping[str, tuple[Method, ...]] = {
    "2020": (
        Method("e-Devlet Şifresi", PASSWORD, "password"),
        Method("Mobil İmza", MOBILE, "mobileSign"),
        Method("e-İmza", ESIGN, "eSign"),
        Method("T.C. Kimlik Kartı", ID_CARD, "idCard"),
        Method("İnternet Bankacılığı", BANK, "internetBanking"),
    ),
    "2026": (
        Method("e-Devlet Şifresi", PASSWORD, "password"),
        Method("Elektronik İmza", ESIGN, "eSign"),
        Method("İnternet Bankacılığı", BANK, "internetBanking"),
        Method("Mobil İmza", MOBILE, "mobileSign", other=True),
        Method("T.C. Kimlik Kartı", ID_CARD, "idCard", other=True),
    ),
}
"""The five methods in each edition's order and with its names (portal-facts, sections 1 and 3)."""


@dataclass(frozen=True)
class Application:
    """Who the login is for."""

    name: str
    address: str


def page(
    request: Request,
    template: str,
    *,
    active: str = "",
    application: AuthorizationRequest | None = None,
    status_code: int = 200,
    **context: object,
) -> Response:
    """Render a template of the gateway. `active` is the path of the method it belongs to."""
    portal = portal_of(request)
    asking = application or visit_of(request).waiting
    if asking is None:
        shown = Application("e-Devlet Kapısı", portal.origin("giris"))
    else:
        shown = Application(CLIENT_NAME, portal.origin("gecit"))
    return render(
        request,
        f"gateway/{template}",
        status_code=status_code,
        application=shown,
        methods=METHODS[portal.edition],
        active=active,
        **{"error": None, **context},
    )


def message(
    request: Request,
    heading: str,
    *,
    text: str = "",
    error: str = "",
    way_on: tuple[str, str] = ("/Giris/gir", "Giriş sayfasına dön"),
    logout: bool = False,
    status_code: int = 200,
) -> Response:
    """Return a page with a message and a link; `way_on` is the address and text of the link."""
    return page(
        request,
        "message.html",
        status_code=status_code,
        heading=heading,
        text=text,
        error=error,
        href=way_on[0],
        link=way_on[1],
        logout=logout,
    )


async def sent_form(request: Request) -> FormData:
    """Return the submitted form. Raises HTTPException 403 when it isn't from one of this session's pages."""
    form = await read_form(request)
    check_csrf(request, form, TOKEN_FIELD)
    return form


def typed(form: FormData, name: str) -> str:
    """Return a field's text; "" when it is missing or a file."""
    value = form.get(name)
    return value if isinstance(value, str) else ""
