"""A portal of the tests' own, on one loopback port: it keeps to the facts and to nothing else of the mock portal.

Its shapes and faults can be chosen, so that the loop is tried on pages it wasn't written beside. Its signing service
keeps to the protocol but takes any signature: signatures have tests of their own.
"""

from __future__ import annotations

import asyncio
import base64
import json
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from mock_portal.server import serve_app
from tests.flows import pages

NATIONAL_ID = "10000000146"
PASSWORD = "kirmizi-Balon-7"
SMS = "481516"
NAME = "AYŞE YILMAZ"

TILE_SHAPES = {
    "link": "<a href='{href}'><h3>{title}</h3><p>{text}</p></a>",
    "one-line": "<a href='{href}'><b>{title}</b> {text}</a>",
    "button": "<form action='{href}'><button><b>{title}</b><br>{text}</button></form>",
    "block": "<div onclick=\"location='{href}'\"><h3>{title}</h3><p>{text}</p></div>",
    "pointer": "<div class=t style='cursor:pointer'><h3>{title}</h3><p>{text}</p></div><script>"
    "document.currentScript.previousElementSibling.addEventListener('click', () => location = '{href}')</script>",
    "title-link": "<section><h3><a href='{href}'>{title}</a></h3><p>{text}</p></section>",
    "capitals": "<a href='{href}' style='text-transform:uppercase'>{title}</a>",
    "role": "<div role=button tabindex=0 onclick=\"location='{href}'\" aria-label='{title}'>&rarr;</div><p>{text}</p>",
}
CODE_SHAPES = {
    "text": "<p>{code}</p>",
    "field": "<input readonly value='{code}'>",
    "groups": "<p>{groups}</p>",
    "digits": "<p>{digits}</p>",
    "fields": "<p>{fields}</p>",
    "output": "<output>{code}</output>",
}
_LATE_SCRIPT = """<script>addEventListener('pointerdown', () => { if (!window.heard) fetch('/erken'); }, true)</script>
<script defer src=/gec.js></script>"""


@dataclass
class Plan:
    """What is special about this portal."""

    consent: bool = False
    form: Literal["text", "checkbox", "radio"] = "checkbox"
    tiles: str = TILE_SHAPES["link"]
    """A tile with the places ``href``, ``title`` and ``text``."""
    style: str = ""
    code: str = CODE_SHAPES["text"]
    """How the code is shown: ``code`` whole, ``groups`` and ``digits`` in elements, ``fields`` in inputs."""
    before: str = ""
    """HTML before every inner page."""
    late_script: bool = False
    """Whether the tiles, of class ``t``, hear presses only once a slow script has come."""
    frame: bool = False
    """Whether the E-Onay pages sit in a frame."""
    new_tab: bool = False
    individual: bool = False
    menu: str = ""
    """HTML on the home page besides the way on."""
    sms: bool = False
    skip_sharing: bool = False
    banner: Literal["true", "lying", "never", "late"] = "true"
    done: str = "document.body.innerHTML = '<h1>E-Onay</h1><p>İşlem başarılı</p><a href=/ana>Ana Sayfa</a>'"
    """What the signing page's script does when the signature is there; it does it again and again."""
    answer: Literal["given", "lost", "expired-once", "expired", "refused", "server-error"] = "given"
    hides_dead_code: bool = False
    """Whether the signing page puts a sentence in place of a dead code, and a new code there without a new page."""
    trouble: dict[str, str] = field(default_factory=dict)
    """By path: what goes wrong there: ``500`` always, ``500-once``, ``403-once``, ``logout-once``, ``cut-once``, ``slow``."""
    jnlp_cookie: bool = False
    wrong_password: bool = False
    extra_consent: str = ""
    devam: str = "<button>Devam</button>"
    title: str = "E-Onay"


class LittlePortal:
    """The portal: everything it does is counted in `acts`."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.acts: Counter[str] = Counter()
        self.consent = plan.consent
        self.announced = False
        self.polls = 0
        self.logged_in = False
        self.second_step = False
        self.code = ""
        self.codes: set[str] = set()
        self.used: set[str] = set()
        self.troubled: Counter[str] = Counter()
        self.port = 0
        paths = {
            "/landing": self._landing, "/git": self._gateway_link, "/kapi": self._to_gateway,
            "/Giris/e-Devlet-Sifresi": self._login, "/sms": self._sms, "/paylasim": self._sharing,
            "/AuthorizationController/SaveScope": self._shared, "/ana": self._home, "/bireysel": self._individual,
            "/nes": self._nes, "/nes/e-onay": self._eonay, "/nes/e-onay/devam": self._devam, "/imza": self._signing,
            "/yeni-kod": self._renew, "/durum": self._status, "/eimza/KamuSM-eimza.jnlp": self._jnlp,
            "/gec.js": self._late_script, "/erken": self._too_early, "/tuzak": self._trap, "/sonuc": self._result, "/api/requests/{code}": self._request,
            "/api/requests/{code}/signature": self._signature,
        }  # fmt: skip
        self.app = Starlette(routes=[Route(path, page, methods=["GET", "POST"]) for path, page in paths.items()])

    @property
    def entry(self) -> str:
        """Where a run starts."""
        return f"http://onlineislemler.localhost:{self.port}/landing"

    async def _trouble(self, request: Request) -> Response | None:
        kind = self.plan.trouble.get(request.url.path)
        self.troubled[request.url.path] += 1
        first = self.troubled[request.url.path] == 1
        if kind == "500" or (kind == "500-once" and first):
            return HTMLResponse("<h1>HTTP 500</h1>", status_code=500)
        if kind == "403-once" and first:
            return HTMLResponse("<h1>Bu işlem yapılamadı</h1>", status_code=403)
        if kind == "logout-once" and first:
            self.logged_in = False
            return HTMLResponse("<p>Oturumunuz sona ermiştir.</p>")
        return None

    def _page(self, body: str) -> Response:
        head = f"<meta charset=utf-8><title>Kamu SM</title><style>{self.plan.style}</style>"
        return HTMLResponse(f"<!doctype html><html><head>{head}</head><body>{self.plan.before}{body}</body></html>")

    async def _inner(self, request: Request, body: str) -> Response:
        trouble = await self._trouble(request)
        if trouble is not None:
            return trouble
        return self._page(body) if self.logged_in else RedirectResponse("/landing", 303)

    async def _landing(self, request: Request) -> Response:
        return await self._trouble(request) or self._page("<h1>Kamu SM</h1><a href='/git'>e-Devlet ile Giriş</a>")

    async def _gateway_link(self, request: Request) -> Response:
        return self._page("<p>Giriş</p><a href='/kapi'>E-devlet kapısına git</a>")

    async def _to_gateway(self, request: Request) -> Response:
        return RedirectResponse(f"http://giris.localhost:{self.port}/Giris/e-Devlet-Sifresi", 303)

    async def _login(self, request: Request) -> Response:
        if request.method == "GET":
            return self._page(pages.LOGIN)
        form = await request.form()
        self.acts["login_sent"] += 1
        if form.get("tridField") != NATIONAL_ID or form.get("egpField") != PASSWORD or self.plan.wrong_password:
            return self._page(f"<div class='fieldError'>Bilgiler hatalı.</div>{pages.LOGIN}")
        if self.plan.sms:
            return RedirectResponse("/sms", 303)
        return self._logged_in()

    def _logged_in(self) -> Response:
        self.acts["login"] += 1
        if not self.plan.skip_sharing:
            return RedirectResponse("/paylasim", 303)
        self.logged_in = True
        return RedirectResponse(f"http://onlineislemler.localhost:{self.port}/ana", 303)

    async def _sms(self, request: Request) -> Response:
        if request.method == "GET":
            return self._page(
                pages.SMS.replace("<form>", "<form method=post>").replace("id='sms", "name='kod' id='sms")
            )
        form = await request.form()
        self.acts["sms_sent"] += 1
        return self._logged_in() if form.get("kod") == SMS else self._page(pages.SMS)

    async def _sharing(self, request: Request) -> Response:
        return self._page(pages.SHARING.replace("action='", "method='post' action='/"))

    async def _shared(self, request: Request) -> Response:
        self.acts["shared"] += 1
        self.logged_in = True
        return RedirectResponse(f"http://onlineislemler.localhost:{self.port}/ana", 303)

    async def _home(self, request: Request) -> Response:
        target = "/bireysel" if self.plan.individual else "/nes"
        response = await self._inner(request, f"<h1>Kamu SM</h1>{self.plan.menu}<a href='{target}'>NES İşlemleri</a>")
        response.set_cookie("oturum", "1", httponly=True)
        return response

    async def _individual(self, request: Request) -> Response:
        return await self._inner(request, "<h1>NES İşlemleri</h1><a href='/nes'>Bireysel İşlemler</a>")

    async def _nes(self, request: Request) -> Response:
        def tile(title: str, text: str) -> str:
            href = "/nes/e-onay" if title == "E-Onay İşlemleri" else "/tuzak"
            html = self.plan.tiles.format(href=href, title=title, text=text)
            return (
                html.replace("<a ", "<a target='_blank' ")
                if self.plan.new_tab and title == "E-Onay İşlemleri"
                else html
            )

        tiles = "".join(tile(title, text) for title, text in pages.TILES.items())
        return await self._inner(request, tiles + (_LATE_SCRIPT if self.plan.late_script else ""))

    async def _late_script(self, request: Request) -> Response:
        await asyncio.sleep(0.4)
        return Response(
            "heard = true; document.querySelectorAll('.t').forEach("
            "tile => tile.addEventListener('click', () => { location = tile.dataset.to; }));",
            media_type="text/javascript",
        )

    async def _too_early(self, request: Request) -> Response:
        self.acts["too_early"] += 1
        return Response(status_code=204)

    async def _eonay(self, request: Request) -> Response:
        if self.plan.frame and "ic" not in request.query_params:
            frame = "<iframe src='/nes/e-onay?ic=1' style='width:900px;height:700px'></iframe>"
            return await self._inner(request, f"<h1>Kamu SM</h1>{frame}")
        body = pages.eonay(pages.WITHDRAW if self.consent else pages.GIVE, self.plan.form, self.plan.extra_consent)
        return await self._inner(
            request, body.replace("href='/'", "href='/ana'").replace("<button>Devam</button>", self.plan.devam)
        )

    async def _devam(self, request: Request) -> Response:
        form = await request.form()
        if self.consent:
            self.acts["withdrawal_started"] += 1
        elif self.plan.form != "text" and "onay" not in form:
            return self._page(
                "<p role='alert'>Lütfen kutuyu işaretleyiniz.</p>" + pages.eonay(pages.GIVE, self.plan.form)
            )
        self.acts["devam"] += 1
        self._new_code()
        return RedirectResponse("/imza", 303)

    def _new_code(self) -> None:
        self.code = f"{secrets.randbelow(9 * 10**14) + 10**14}"
        self.codes = {self.code}
        self.acts["code"] += 1

    async def _signing(self, request: Request) -> Response:
        if self.plan.banner == "lying" and self.acts["accepted"]:
            self.announced = True
        body = f"""<p>İmzalama işlemi aşamasında bu sayfayı kapatmayınız.</p>
<a href='/eimza/KamuSM-eimza.jnlp'>İndirmek için tıklayınız</a><p>Doğrulama Kodu</p><div id=kod>{self._shown_code()}
<p>Kalan süre: <span>286</span> saniye</p></div><form method=post action='/yeni-kod'><button>Tekrar Kod Al</button></form>
<a href='/ana'>Ana Sayfa</a><script>setInterval(async () => {{ const told = await (await fetch('/durum')).json();
if (told.done) {{ {self.plan.done} }} }}, 50)</script>"""
        if self.plan.hides_dead_code:
            body += pages.IN_PLACE
        return await self._inner(request, body)

    def _shown_code(self) -> str:
        groups = [self.code[i : i + 3] for i in range(0, 15, 3)]
        return self.plan.code.format(
            code=self.code,
            groups=" ".join(f"<b>{group}</b>" for group in groups),
            digits="".join(f"<span style='display:inline-block'>{digit}</span>" for digit in self.code),
            fields="".join(f"<input size=3 readonly value='{group}'>" for group in groups),
        )

    async def _renew(self, request: Request) -> Response:
        self.acts["renewed"] += 1
        self._new_code()
        return RedirectResponse("/imza", 303)

    async def _status(self, request: Request) -> Response:
        accepted = self.acts["accepted"] > 0
        self.polls += accepted
        done = accepted and (self.plan.banner in {"true", "lying"} or (self.plan.banner == "late" and self.polls > 10))
        return JSONResponse({"done": done, "dead": self.acts["expired"] >= self.acts["code"]})

    async def _jnlp(self, request: Request) -> Response:
        if self.plan.jnlp_cookie and request.cookies.get("oturum") != "1":
            return Response("giriş gerekli", 403)
        base = f"http://127.0.0.1:{self.port}/api"
        jnlp = f"<jnlp codebase='http://onlineislemler.localhost:{self.port}/eimza/'><resources><property name='jnlp.eimza.service' value='{base}'/></resources></jnlp>"
        return Response(jnlp, media_type="application/x-java-jnlp-file")

    async def _trap(self, request: Request) -> Response:
        self.acts["trap"] += 1
        return self._page("<h1>Sertifikamı İptal Et</h1>")

    async def _result(self, request: Request) -> Response:
        return self._page("<h1>Kamu SM</h1><p>Talebiniz alınmıştır.</p>")

    async def _request(self, request: Request) -> Response:
        code = request.path_params["code"]
        if self.plan.answer == "expired" or (self.plan.answer == "expired-once" and not self.acts["expired"]):
            self.acts["expired"] += 1
            return _problem(410, "code-expired", "Kodun süresi doldu.")
        if code not in self.codes:
            return _problem(404, "code-unknown", "Böyle bir kod yok.")
        return JSONResponse(
            {
                "code": code,
                "title": self.plan.title,
                "document": base64.b64encode(f"Ben {NAME}, E-Onay veriyorum.".encode()).decode(),
                "media_type": "text/plain; charset=utf-8",
                "profile": "CAdES-BES",
                "digest": "sha256",
                "holder": {"name": NAME, "national_id": NATIONAL_ID},
                "expires_at": "2099-01-01T00:00:00Z",
            }
        )

    async def _signature(self, request: Request) -> Response:
        self.acts["handed_in"] += 1
        await request.body()
        if self.plan.answer == "refused":
            return _problem(422, "certificate-rejected", "Sertifika iptal edilmiş.")
        if request.path_params["code"] in self.used:
            return _problem(409, "code-used", "Kod kullanıldı.")
        self.used.add(request.path_params["code"])
        self.acts["accepted"] += 1
        if self.plan.banner != "lying":
            self.consent = True
        if self.plan.answer == "lost":
            return Response(json.dumps({"status": "accep"})[:9], 201, media_type="application/json")
        if self.plan.answer == "server-error":
            return Response("", 502)
        return JSONResponse({"status": "accepted"}, 201)


@contextmanager
def little_portal(plan: Plan) -> Iterator[LittlePortal]:
    """Serve a portal after *plan* on a free loopback port."""
    portal = LittlePortal(plan)
    with serve_app(portal.app) as port:
        portal.port = port
        yield portal


def _problem(status: int, kind: str, detail: str) -> Response:
    body = {"type": f"urn:eimza:{kind}", "status": status, "detail": detail}
    return JSONResponse(body, status, media_type="application/problem+json")
