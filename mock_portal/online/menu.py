"""The way from the home page to the tiles of NES İşlemleri, and the other services next to it.

Titles and sentences of the seven tiles are from portal-facts.md, section 1, step 6, word for word; what the 2026
edition adds, and the newer name of the revocation, from section 2a.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fixtures import Person
from mock_portal.online.site import for_person, show
from mock_portal.pages.model import HOME, Actions, Beside, NotesBlock, Page, TextBlock, Tile, Tiles
from mock_portal.portal import Edition
from mock_portal.web import portal_of, see_other

REVOCATION: Mapping[Edition, str] = MappingProxyType(
    {"2020": "Sertifikamı İptal Et", "2026": "Sertifikamı İptal Et / Askıya Alma"}
)
"""The tile that destroys the certificate."""

_SEVEN = (
    Tile(
        "basvuru-durum",
        "Başvuru Durum Sorgulama",
        "/nes/basvuru-durum",
        "search",
        "NES (e-imza) başvurunuzun durumunu sorgulamak için tıklayınız.",
    ),
    Tile(
        "sertifikalar",
        "Sertifika Listeleme",
        "/nes/sertifikalar",
        "list",
        "Nitelikli Elektronik Sertifikalarınıza ait detaylara ulaşmak için tıklayınız.",
    ),
    Tile(
        "askidan-indirme",
        "Askıdan İndirme",
        "/nes/askidan-indirme",
        "resume",
        "Askıya alınmış sertifikanızı tekrar kullanıma açmak için tıklayınız.",
    ),
    Tile(
        "pin",
        "PIN Oluşturma/Kilit Çözme",
        "/nes/pin",
        "key",
        "Kartınızın kilidini çözmek ve yeni bir PIN üretmek için tıklayınız.",
    ),
    Tile(
        "web-parola",
        "Web Parola Değiştirme",
        "/nes/web-parola",
        "password",
        "Web Parolanızı değiştirmek için tıklayınız.",
    ),
    Tile(
        "iptal",
        "Sertifikamı İptal Et",
        "/nes/iptal",
        "cancel",
        "Sertifikanızı tekrar kullanılmayacak şekilde iptal etmek için tıklayınız.",
    ),
    Tile(
        "e-onay",
        "E-Onay İşlemleri",
        "/nes/e-onay",
        "consent",
        "Elektronik imzalı onay vererek işlemlerinizi kolaylaştırmak için tıklayınız.",
    ),
)
_NEWER = (
    Tile(
        "basvurularim",
        "Başvurularım",
        "/nes/basvurularim",
        "list",
        "Başvuru işlemlerinizi görüntülemek için tıklayınız.",
    ),
    Tile(
        "pin-puk",
        "PIN / PUK Bilgisi",
        "/nes/pin-puk",
        "password",
        "Kartınızın PIN / PUK bilgisi hakkında bilgi almak için tıklayınız.",
    ),
)
_OTHERS = (
    Tile("mali-muhur", "Mali Mühür İşlemleri", "/mali-muhur", "card"),
    Tile("borc", "Borç Sorgulama ve Ödeme", "/borc", "search"),
    Tile("kurumsal", "Kurumsal İşlemler", "/kurumsal", "list"),
)
"""The sections next to the wanted one; 2026 only."""

_NOTES = NotesBlock(
    "Bilgilendirme",
    (
        "E-imza ile yapılan işlemler için kart okuyucunuzun ve kartınızın bilgisayarınıza takılı, kart sürücüsünün "
        "kurulu olması gerekir.",
        "E-imza uygulaması Java 1.8.0 veya üzeri ile çalışır.",
        "PIN bilginizi kimseyle paylaşmayınız.",
    ),
    "Sorularınız için: 444 5 576",
)
_LEVEL = Tile(
    "bireysel",
    "Bireysel İşlemler",
    "/nes/bireysel",
    "person",
    "Adınıza düzenlenmiş sertifikalarla ilgili işlemleriniz.",
)
_ELSEWHERE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "/nes/basvurularim": ("Başvurularım", "Açık bir başvuru işleminiz bulunmamaktadır."),
        "/nes/pin-puk": ("PIN / PUK Bilgisi", "PIN ve PUK bilgileriniz kartınızla birlikte kapalı zarfta gönderilir."),
        "/mali-muhur": ("Mali Mühür İşlemleri", "Adınıza kayıtlı bir mali mühür bulunmamaktadır."),
        "/borc": ("Borç Sorgulama ve Ödeme", "Ödenecek bir borcunuz bulunmamaktadır."),
        "/kurumsal": ("Kurumsal İşlemler", "Bir kurum adına yetkili değilsiniz."),
    }
)
"""Services that this portal has in name only: their titles, and what they say."""


def tiles_of(edition: Edition) -> tuple[Tile, ...]:
    """Return the tiles in the guide's order; in 2026 with two more, and one under its newer name."""
    if edition == "2020":
        return _SEVEN
    after = {"basvuru-durum": _NEWER[0], "pin": _NEWER[1]}
    tiles = (replace(tile, title=REVOCATION[edition]) if tile.key == "iptal" else tile for tile in _SEVEN)
    return tuple(each for tile in tiles for each in (tile, after.get(tile.key)) if each is not None)


@for_person
async def home(request: Request, person: Person) -> Response:
    """Greet the person and offer the sections, NES İşlemleri among them."""
    is_new = portal_of(request).edition == "2026"
    section = Tile("nes", "NES İşlemleri" if is_new else "NES İŞLEMLERİ", "/nes", "card")
    sections = Tiles((section, *(_OTHERS if is_new else ())), is_entrance=True)
    greeting = TextBlock("Hoş geldiniz. Yapmak istediğiniz işlemi seçiniz.", "lead")
    name = "Kamu SM Online İşlemler"
    return show(request, Page("home", "Ana Sayfa", name, (greeting, Beside((sections,), (_NOTES,)))))


@for_person
async def nes(request: Request, person: Person) -> Response:
    """Show the tiles, or in the 2026 edition the level before them."""
    edition = portal_of(request).edition
    tiles = Tiles((_LEVEL,) if edition == "2026" else tiles_of(edition))
    key = "level" if edition == "2026" else "tiles"
    return show(request, Page(key, "NES İşlemleri", "NES İşlemleri", (tiles, Actions((HOME,)))))


@for_person
async def individual(request: Request, person: Person) -> Response:
    """Show the tiles of Bireysel İşlemler, a level that the 2020 edition doesn't have."""
    edition = portal_of(request).edition
    if edition == "2020":
        return see_other("/nes")
    title = "Bireysel İşlemler"
    return show(request, Page("tiles", title, title, (Tiles(tiles_of(edition)), Actions((HOME,)))))


@for_person
async def elsewhere(request: Request, person: Person) -> Response:
    """Show a service that this portal doesn't really have."""
    title, words = _ELSEWHERE[request.url.path]
    return show(request, Page("elsewhere", title, title, (TextBlock(words), Actions((HOME,)))))


ROUTES = (
    Route("/anasayfa", home),
    Route("/nes", nes),
    Route("/nes/bireysel", individual),
    *(Route(path, elsewhere) for path in _ELSEWHERE),
)
