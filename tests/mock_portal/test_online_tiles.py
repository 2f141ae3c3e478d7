"""The menu and the services of NES İşlemleri other than E-Onay, checked with the ledger."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest
from cryptography import x509

from mock_portal import Act, Edition, ManualClock, Portal, Served
from tests.mock_portal.conftest import NewVisitor
from tests.mock_portal.online_visitor import OnlineVisitor, code_in, sign, words

TILES = {
    "Başvuru Durum Sorgulama": "NES (e-imza) başvurunuzun durumunu sorgulamak için tıklayınız.",
    "Sertifika Listeleme": "Nitelikli Elektronik Sertifikalarınıza ait detaylara ulaşmak için tıklayınız.",
    "Askıdan İndirme": "Askıya alınmış sertifikanızı tekrar kullanıma açmak için tıklayınız.",
    "PIN Oluşturma/Kilit Çözme": "Kartınızın kilidini çözmek ve yeni bir PIN üretmek için tıklayınız.",
    "Web Parola Değiştirme": "Web Parolanızı değiştirmek için tıklayınız.",
    "Sertifikamı İptal Et": "Sertifikanızı tekrar kullanılmayacak şekilde iptal etmek için tıklayınız.",
    "E-Onay İşlemleri": "Elektronik imzalı onay vererek işlemlerinizi kolaylaştırmak için tıklayınız.",
}
"""Typed here a second time from portal-facts.md, section 1, step 6."""

RENAMED = {"Sertifikamı İptal Et": "Sertifikamı İptal Et / Askıya Alma"}
"""The revocation under its 2026 name, from section 2a."""
NEWER = ["Başvurularım", "PIN / PUK Bilgisi"]
OTHERS = ["Mali Mühür İşlemleri", "Borç Sorgulama ve Ödeme", "Kurumsal İşlemler"]

TILES_PATH: dict[Edition, str] = {"2020": "/nes", "2026": "/nes/bireysel"}


@pytest.fixture(params=["2020", "2026"])
def portal(request: pytest.FixtureRequest, clock: ManualClock) -> Portal:
    """A portal of each edition."""
    return Portal(edition=request.param, clock=clock)


@pytest.fixture
def ayse(served: Served, visitor: httpx.Client) -> OnlineVisitor:
    """Ayşe, logged in."""
    someone = OnlineVisitor(visitor, served.portal)
    someone.enter("ayse")
    return someone


def tiles_of(page: httpx.Response) -> list[tuple[str, str, str]]:
    """Return the path, title and sentence of each tile."""
    found = re.findall(r'<a class="(?:kutu|card)" href="([^"]+)">.*?</svg>(.*?)</a>', page.text, flags=re.DOTALL)
    lines = ((path, re.sub(r"<[^>]+>", "\n", inside)) for path, inside in found)
    return [(path, *(unescape(line).strip() for line in text.split("\n") if line.strip())) for path, text in lines]


def test_the_seven_tiles_are_worded_as_in_the_guide(ayse: OnlineVisitor) -> None:
    """The tiles have the guide's titles and sentences word for word, in its order. In 2026 one has its newer name."""
    edition = ayse.portal.edition
    tiles = [(title, sentence) for _, title, sentence in tiles_of(ayse.get(TILES_PATH[edition]))]
    wanted = {RENAMED.get(title, title) if edition == "2026" else title: text for title, text in TILES.items()}
    assert [tile for tile in tiles if tile[0] not in NEWER] == list(wanted.items())
    assert [title for title, _ in tiles if title in NEWER] == (NEWER if edition == "2026" else [])


def test_the_other_services_stand_beside_the_wanted_one(ayse: OnlineVisitor) -> None:
    """In 2026 the home page has Mali Mühür, Borç and Kurumsal beside NES İşlemleri, each with its own page."""
    home = ayse.get("/anasayfa")
    found = re.findall(r'<form action="([^"]+)" method="get">.*?<span class="card-title">(.*?)</span>', home.text, re.S)
    assert [title for _, title in found] == (["NES İşlemleri", *OTHERS] if ayse.portal.edition == "2026" else [])
    for path, title in found[1:]:
        assert f"<h1>{title}</h1>" in ayse.get(path).text


def test_every_tile_leads_to_its_page(ayse: OnlineVisitor) -> None:
    """Each tile opens a page with its own title as heading and a way back to Ana Sayfa. Opening it does nothing."""
    before = ayse.portal.ledger.entries()
    for path, title, _ in tiles_of(ayse.get(TILES_PATH[ayse.portal.edition])):
        page = ayse.get(path)
        assert page.status_code == 200
        assert f"<h1>{title}</h1>" in page.text
        assert 'href="/anasayfa">Ana Sayfa</a>' in page.text
    assert ayse.portal.ledger.entries() == before


def test_the_levels_of_the_editions(ayse: OnlineVisitor) -> None:
    """In 2020 NES İŞLEMLERİ leads straight to the tiles. In 2026 Bireysel İşlemler comes first."""
    home, nes = ayse.get("/anasayfa").text, ayse.get("/nes")
    if ayse.portal.edition == "2020":
        assert "NES İŞLEMLERİ</a>" in home
        assert len(tiles_of(nes)) == 7
        assert ayse.get("/nes/bireysel").url.path == "/nes"
    else:
        assert re.search(r"<button[^>]*>(?:(?!</button>).)*NES İşlemleri", home, flags=re.DOTALL)
        assert [title for _, title, _ in tiles_of(nes)] == ["Bireysel İşlemler"]
        assert len(tiles_of(ayse.get("/nes/bireysel"))) == 9


def test_the_certificates_are_the_persons_own(ayse: OnlineVisitor, new_visitor: NewVisitor) -> None:
    """Sertifika Listeleme shows serial number, holder, validity and status of the person's own certificates only."""
    portal = ayse.portal
    fatma = OnlineVisitor(new_visitor(), portal)
    fatma.enter("fatma")
    mine, hers = words(ayse.get("/nes/sertifikalar")), words(fatma.get("/nes/sertifikalar"))
    (certificate,) = portal.pki.certificates(portal.people["ayse"])
    assert f"{certificate.serial_number:X}" in mine
    assert f"{certificate.serial_number:X}" not in hers
    assert "AYŞE YILMAZ" in mine
    assert "Geçerli" in mine
    assert "22.01.2027" in mine  # 60 days after 23 November 2026
    # Fatma has four certificates; the company's seal isn't a NES.
    assert re.findall(r"Süresi dolmuş|Geçerli|Henüz geçerli değil", hers) == [
        "Süresi dolmuş",
        "Geçerli",
        "Henüz geçerli değil",
    ]


def test_who_has_no_qualified_certificate_is_told_so(ayse: OnlineVisitor, new_visitor: NewVisitor) -> None:
    """A person with only a seal sees no certificates and no applications."""
    mustafa = OnlineVisitor(new_visitor(), ayse.portal)
    mustafa.enter("mustafa")
    assert "bulunmamaktadır" in words(mustafa.get("/nes/sertifikalar"))
    assert "bulunmamaktadır" in words(mustafa.get("/nes/basvuru-durum"))


def test_the_applications_are_the_persons_own(ayse: OnlineVisitor) -> None:
    """Başvuru Durum Sorgulama shows the person's application, its number and its status."""
    page = words(ayse.get("/nes/basvuru-durum"))
    assert "AYŞE YILMAZ" in page
    assert re.search(r"\b2024-\d{4}\b", page)
    assert "Tamamlandı" in page


def test_a_suspension_is_lifted_once(ayse: OnlineVisitor, new_visitor: NewVisitor) -> None:
    """Askıdan İndirme makes a suspended certificate usable again. A second press has nothing left to do."""
    portal = ayse.portal
    kemal = OnlineVisitor(new_visitor(), portal)
    kemal.enter("kemal")
    assert "Askıda" in words(kemal.get("/nes/sertifikalar"))
    assert "Askıdan İndir" in kemal.get("/nes/askidan-indirme").text
    assert "askıdan indirilmiştir" in words(kemal.send("/nes/askidan-indirme"))
    kemal.send("/nes/askidan-indirme")
    assert portal.ledger.count(Act.SUSPENSION_LIFTED) == portal.ledger.count(Act.SUSPENSION_LIFTED, "kemal") == 1
    assert not portal.state.of("kemal").suspended
    assert "Geçerli" in words(kemal.get("/nes/sertifikalar"))


def test_nothing_to_lift(ayse: OnlineVisitor) -> None:
    """Without a suspended certificate the page says so, and sending the form anyway changes nothing."""
    assert "Askıya alınmış bir sertifikanız bulunmamaktadır" in words(ayse.get("/nes/askidan-indirme"))
    ayse.send("/nes/askidan-indirme")
    assert ayse.portal.ledger.count(Act.SUSPENSION_LIFTED) == 0


def test_a_pin_reset_goes_by_code_and_signature(ayse: OnlineVisitor) -> None:
    """PIN Oluşturma issues a code under its own name. The PIN is reset once the signature is in, not before."""
    ledger = ayse.portal.ledger
    page = ayse.send("/nes/pin", secim="kilit")
    assert page.url.path == "/imzalama"
    assert "<h1>PIN Oluşturma/Kilit Çözme</h1>" in page.text
    assert (ledger.count(Act.PIN_RESET_STARTED, "ayse"), ledger.count(Act.PIN_RESET)) == (1, 0)
    assert sign(ayse.portal, "ayse", code_in(page), ayse.client).status_code == 201
    assert ledger.count(Act.PIN_RESET, "ayse") == 1
    assert ledger.count(Act.CONSENT_GIVEN) == 0
    assert "İşlem başarılı" in words(ayse.get("/imzalama"))


@pytest.mark.parametrize("choice", ["", "baska"])
def test_a_pin_reset_needs_a_choice(ayse: OnlineVisitor, choice: str) -> None:
    """Devam without a choice asks you to choose and starts nothing."""
    page = ayse.send("/nes/pin", secim=choice)
    assert "Lütfen yapmak istediğiniz işlemi seçiniz." in words(page)
    assert ayse.portal.ledger.count(Act.PIN_RESET_STARTED) == 0


@pytest.mark.parametrize(
    ("first", "second", "word", "changed"),
    [
        ("Portakal-7", "Portakal-7", "Web parolanız değiştirilmiştir.", 1),
        ("Portakal-7", "Portakal-8", "iki parola aynı değil", 0),
        ("kısa", "kısa", "en az 8 karakter", 0),
        ("", "", "en az 8 karakter", 0),
    ],
)
def test_the_web_password(ayse: OnlineVisitor, first: str, second: str, word: str, changed: int) -> None:
    """Web Parola Değiştirme changes the password if both fields match and are long enough. It never shows it."""
    page = ayse.send("/nes/web-parola", parola=first, parola_tekrar=second)
    assert word in words(page)
    assert ayse.portal.ledger.count(Act.WEB_PASSWORD_CHANGED, "ayse") == changed
    assert not first or first not in words(page)


def test_a_revocation_is_real(ayse: OnlineVisitor) -> None:
    """After a reason and a confirmation, Sertifikamı İptal Et revokes: in the state, on the CRL, once in the ledger."""
    portal = ayse.portal
    ask = ayse.send("/nes/iptal", neden="kayip", anladim="evet")
    assert ask.url.path == "/nes/iptal/onay"
    assert portal.ledger.count(Act.CERTIFICATE_REVOKED) == 0
    assert "Sertifikanız iptal edilmiştir" in words(ayse.send("/nes/iptal/onay"))
    ayse.send("/nes/iptal/onay")
    assert portal.ledger.count(Act.CERTIFICATE_REVOKED) == portal.ledger.count(Act.CERTIFICATE_REVOKED, "ayse") == 1
    assert portal.state.of("ayse").revoked
    (certificate,) = portal.pki.certificates(portal.people["ayse"])
    points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    names = points[0].full_name
    assert names is not None
    crl = x509.load_der_x509_crl(ayse.client.get(names[0].value).content)
    assert crl.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None
    assert "İptal edilmiş" in words(ayse.get("/nes/sertifikalar"))
    assert "İptal edilebilecek bir sertifikanız bulunmamaktadır" in words(ayse.get("/nes/iptal"))


@pytest.mark.parametrize("fields", [{}, {"neden": "kayip"}, {"anladim": "evet"}, {"neden": "x", "anladim": "evet"}])
def test_a_revocation_needs_reason_and_understanding(ayse: OnlineVisitor, fields: dict[str, str]) -> None:
    """Without a reason or a tick there is no confirmation page, and confirming anyway does nothing."""
    page = ayse.send("/nes/iptal", **fields)
    assert "Lütfen iptal nedenini seçiniz" in words(page)
    assert ayse.get("/nes/iptal/onay").url.path == "/nes/iptal"
    assert ayse.send("/nes/iptal/onay").url.path == "/nes/iptal"
    assert ayse.portal.ledger.count(Act.CERTIFICATE_REVOKED) == 0
