"""The way from the home page to the seven tiles of NES İşlemleri."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fixtures import Person
from mock_portal.online.site import for_person, show
from mock_portal.web import portal_of, see_other


@dataclass(frozen=True)
class Tile:
    """One service. Title and sentence stand in portal-facts.md, section 1, step 6, to the letter."""

    path: str
    title: str
    sentence: str
    icon: str
    """Name of the drawing in the edition's `parts_*.html`."""


TILES = (
    Tile(
        "/nes/basvuru-durum",
        "Başvuru Durum Sorgulama",
        "NES (e-imza) başvurunuzun durumunu sorgulamak için tıklayınız.",
        "search",
    ),
    Tile(
        "/nes/sertifikalar",
        "Sertifika Listeleme",
        "Nitelikli Elektronik Sertifikalarınıza ait detaylara ulaşmak için tıklayınız.",
        "list",
    ),
    Tile(
        "/nes/askidan-indirme",
        "Askıdan İndirme",
        "Askıya alınmış sertifikanızı tekrar kullanıma açmak için tıklayınız.",
        "resume",
    ),
    Tile(
        "/nes/pin",
        "PIN Oluşturma/Kilit Çözme",
        "Kartınızın kilidini çözmek ve yeni bir PIN üretmek için tıklayınız.",
        "key",
    ),
    Tile(
        "/nes/web-parola",
        "Web Parola Değiştirme",
        "Web Parolanızı değiştirmek için tıklayınız.",
        "password",
    ),
    Tile(
        "/nes/iptal",
        "Sertifikamı İptal Et",
        "Sertifikanızı tekrar kullanılmayacak şekilde iptal etmek için tıklayınız.",
        "cancel",
    ),
    Tile(
        "/nes/e-onay",
        "E-Onay İşlemleri",
        "Elektronik imzalı onay vererek işlemlerinizi kolaylaştırmak için tıklayınız.",
        "consent",
    ),
)


@for_person
async def home(request: Request, person: Person) -> Response:
    """Greet the person and offer NES İşlemleri."""
    return show(request, "home")


@for_person
async def nes(request: Request, person: Person) -> Response:
    """Show the tiles, or in the 2026 edition the level before them."""
    if portal_of(request).edition == "2026":
        return show(request, "level")
    return show(request, "tiles", heading="NES İşlemleri", tiles=TILES)


@for_person
async def individual(request: Request, person: Person) -> Response:
    """Show the tiles of Bireysel İşlemler, a level that the 2020 edition does not have."""
    if portal_of(request).edition == "2020":
        return see_other("/nes")
    return show(request, "tiles", heading="Bireysel İşlemler", tiles=TILES)


ROUTES = (Route("/anasayfa", home), Route("/nes", nes), Route("/nes/bireysel", individual))
