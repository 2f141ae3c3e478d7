"""What all pages of Online İşlemler share: who may see them, how they are sent, and the words said once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Literal

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from fixtures import Person
from mock_portal.looks.drawing import drawn
from mock_portal.looks.view import PageControls
from mock_portal.online.options import options_of
from mock_portal.pages.changes import changed, tell_shown
from mock_portal.pages.model import HOME, Actions, Page, TextBlock
from mock_portal.web import html_answer, page_values, person_of, portal_of, see_other, session_of

SESSION_COOKIE = "kamusm_oturum"
"""If it is in a request without a session, the session has ended meanwhile."""

COOKIE_BAR_CLOSED = "cerez_bildirimi"
ANNOUNCEMENT_CLOSED = "duyuru_goruldu"
"""Cookies that the page itself sets when the person closes the bar or the announcement."""

Handler = Callable[[Request], Awaitable[Response]]
PersonHandler = Callable[[Request, Person], Awaitable[Response]]


@dataclass(frozen=True)
class Notice:
    """A sentence that the next page shows once above its content."""

    kind: Literal["info", "error", "success"]
    text: str


WORDS = {
    "giris-gerekli": Notice("info", "Bu sayfayı görebilmek için lütfen e-Devlet ile giriş yapınız."),
    "oturum-bitti": Notice("info", "Güvenliğiniz için oturumunuz sona ermiştir. Lütfen yeniden giriş yapınız."),
    "cikis": Notice("success", "Güvenli çıkış yaptınız. İyi günler dileriz."),
    "giris-tamamlanamadi": Notice("error", "Girişiniz tamamlanamadı. Lütfen yeniden deneyiniz."),
    "onay-isaretlenmedi": Notice("error", "Lütfen önce metni okuyup tercihinizi işaretleyiniz."),
    "onay-verilmedi": Notice(
        "info", "Onay vermediğinizi belirttiniz. Herhangi bir işlem yapılmadı; dilediğinizde onay verebilirsiniz."
    ),
    "onay-degisti": Notice(
        "info", "E-Onay durumunuz bu sayfa açıkken değişmiş. Lütfen güncel durumunuzu kontrol ediniz."
    ),
    "imza-yok": Notice("info", "Bekleyen bir imzalama işleminiz bulunmuyor. Lütfen işleme baştan başlayınız."),
    "pin-secilmedi": Notice("error", "Lütfen yapmak istediğiniz işlemi seçiniz."),
    "parola-kisa": Notice("error", "Web parolanız en az 8 karakter olmalıdır."),
    "parola-farkli": Notice("error", "Girdiğiniz iki parola aynı değil. Lütfen yeniden yazınız."),
    "parola-degisti": Notice("success", "Web parolanız değiştirilmiştir."),
    "aski-kaldirildi": Notice("success", "Sertifikanız askıdan indirilmiştir; tekrar kullanabilirsiniz."),
    "aski-yok": Notice("info", "Askıya alınmış bir sertifikanız bulunmuyor."),
    "iptal-isaretlenmedi": Notice(
        "error", "Lütfen iptal nedenini seçiniz ve işlemin geri alınamayacağını bildiğinizi işaretleyiniz."
    ),
    "iptal-edildi": Notice("success", "Sertifikanız iptal edilmiştir. İptal bilgisi yayımlanmıştır."),
    "iptal-yok": Notice("info", "İptal edilebilecek bir sertifikanız bulunmuyor."),
}

REFUSED = "Bu işlem yapılamadı"
REFUSED_WHY = "Bu form artık geçerli değil. Lütfen işleme Ana Sayfa'dan yeniden başlayınız."


def for_person(handler: PersonHandler) -> Handler:
    """Let only a logged-in person through; others land on the landing page with a polite word.

    A form without its CSRF token gets a page of this site, with a way on.
    """

    @wraps(handler)
    async def guarded(request: Request) -> Response:
        person = person_of(request)
        if person is None:
            return see_other(f"/landing?durum={_why_nobody(request)}")
        try:
            return await handler(request, person)
        except HTTPException as error:
            if error.status_code != 403:
                raise
            return show(request, trouble(REFUSED, REFUSED_WHY), status_code=403)

    return guarded


def say(request: Request, word: str) -> None:
    """Make the next page of this session show `word`, one of the keys of `WORDS`."""
    session_of(request).data["word"] = WORDS[word]


def trouble(heading: str, explanation: str) -> Page:
    """Return the page that says what didn't work."""
    return Page("trouble", heading, heading, (TextBlock(explanation), Actions((HOME,))))


def show(request: Request, page: Page, *, status_code: int = 200, word: Notice | None = None) -> Response:
    """Draw *page* in the portal's look, with whatever gets in the way and the headers of every page.

    *word* is said above the content; None means this session's word, if there is one.
    """
    portal = portal_of(request)
    options = options_of(portal)
    bar = options.cookie_bar if options.cookie_bar is not None else portal.edition == "2026"
    bar = bar and COOKIE_BAR_CLOSED not in request.cookies
    news = options.announcement and ANNOUNCEMENT_CLOSED not in request.cookies and person_of(request) is not None
    tell_shown(request.scope, *(["cookie-bar"] if bar else []), *(["announcement"] if news else []))
    said = word or session_of(request).data.pop("word", None)
    view = PageControls(session_of(request).csrf)
    values = {**page_values(request), "word": said, "cookie_bar": bar, "announcement": news, "view": view}
    answer = html_answer(drawn(portal.look, portal.edition, changed(request.scope, page), values), status_code)
    if portal.look.delivery == "faces":
        view.keep(session_of(request).data)
    answer.headers.update(HEADERS)
    answer.headers["content-security-policy"] = f"{POLICY}{portal.look.policy}"
    return answer


POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
HEADERS = {"referrer-policy": "same-origin", "x-content-type-options": "nosniff"}
"""No script or style except the site's own files; the geçit is reached by a link, never by a form."""


def _why_nobody(request: Request) -> str:
    return "oturum-bitti" if request.cookies.get(SESSION_COOKIE) else "giris-gerekli"
