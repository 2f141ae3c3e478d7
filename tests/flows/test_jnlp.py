"""Which links on the signing screen lead to the application."""

from __future__ import annotations

import pytest

from flows import portal_look
from flows.jnlp import jar_address, jnlp_address
from tests.flows.conftest import Stage

pytestmark = pytest.mark.looks_only

SITE = "onlineislemler.kamusm.gov.tr"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        (f"https://{SITE}/eimza/KamuSM-eimza.jnlp", f"https://{SITE}/eimza/KamuSM-eimza.jnlp"),
        (f"https://{SITE}/eimza/KAMUSM-EIMZA.JNLP?a=1", f"https://{SITE}/eimza/KAMUSM-EIMZA.JNLP?a=1"),
        (f"https://{SITE}/KamuSM.jnlp;jsessionid=1A?a=b", f"https://{SITE}/KamuSM.jnlp;jsessionid=1A?a=b"),
        (f"jnlps://{SITE}/KamuSM.jnlp", f"https://{SITE}/KamuSM.jnlp"),
        (f"jnlp://{SITE}/KamuSM.jnlp", f"http://{SITE}/KamuSM.jnlp"),
        (f"ftp://{SITE}/KamuSM.jnlp", None),
        (f"https://{SITE}/KamuSM.jar", None),
    ],
)
def test_the_jnlp_is_known_by_its_name(stage: Stage, href: str, expected: str | None) -> None:
    """Whatever its words, case, scheme or session number, we recognise a link to a JNLP, and no other link counts."""
    tab = stage.show(f"<h1>İmza</h1><a href='/yardim.pdf'>Yardım</a><a href='{href}'>Uygulama</a>")
    assert jnlp_address(tab, portal_look()) == expected


def test_the_jar_is_the_second_link(stage: Stage) -> None:
    """With both links on the page we find each of them. If no name decides, the words do."""
    tab = stage.show(
        f"<a href='https://{SITE}/a.JAR;x=1'>Uygulama</a><a href='https://{SITE}/indir?id=7'>İndirmek için tıklayınız</a>"
    )
    assert jar_address(tab, portal_look()) == f"https://{SITE}/a.JAR;x=1"
    assert jnlp_address(tab, portal_look()) == f"https://{SITE}/indir?id=7"
