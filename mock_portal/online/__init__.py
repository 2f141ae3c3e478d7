"""Kamu SM Online İşlemler: from the landing page to the E-Onay, after portal-facts.md, sections 1, 2, 5 and 6.

Addresses of this origin::

    /landing                    the way in                  /nes/pin                PIN Oluşturma/Kilit Çözme
    /e-devlet                   the link to the gateway     /nes/web-parola         Web Parola Değiştirme
    /oturum?ticket=             back from the geçit         /nes/iptal              Sertifikamı İptal Et
    /anasayfa                   home                        /nes/e-onay             E-Onay İşlemleri
    /nes                        the tiles (2020)            /imzalama               the signing page
    /nes/bireysel               the tiles (2026)            /imzalama/durum         what it polls for (JSON)
    /nes/basvuru-durum          Başvuru Durum Sorgulama     /imzalama/yeni-kod      Tekrar Kod Al (POST)
    /nes/sertifikalar           Sertifika Listeleme         /imzalama/geri          Geri (POST)
    /nes/askidan-indirme        Askıdan İndirme             /cikis                  logging out (POST)
    /nes/basvurularim, /nes/pin-puk, /mali-muhur, /borc, /kurumsal    services in name alone (2026)
    /index.xhtml                                                      a press, in the look of one form (POST)
"""

from __future__ import annotations

from starlette.routing import BaseRoute

from mock_portal.looks import faces
from mock_portal.online import (
    certificates,
    consent,
    entry,
    menu,
    pin,
    revocation,
    signing_page,
    web_password,
)
from mock_portal.online.options import Options, options_of, set_options
from mock_portal.online.site import show, trouble
from mock_portal.portal import Portal

__all__ = ["Options", "options_of", "routes", "set_options", "show", "trouble"]


def routes(portal: Portal) -> list[BaseRoute]:
    """Return the routes of this origin."""
    pages = (
        entry,
        menu,
        certificates,
        pin,
        web_password,
        revocation,
        consent,
        signing_page,
    )
    faced = faces.ROUTES if portal.look.delivery == "faces" else ()
    return [*(route for module in pages for route in module.ROUTES), *faced]
