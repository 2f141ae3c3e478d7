"""If the person goes from the gateway to their bank, we leave that tab alone until it's back. No other tab may go."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from flows import HostRule, Observation
from tests.flows.conftest import PORT, Stage

BANK = f"http://banka.localhost:{PORT + 1}/giris"
BACK = f"http://giris.localhost:{PORT}/Giris/Banka-Giris-Kontrol"
BANK_PAGE = f"""<!doctype html><title>Banka</title><p>Müşteri No 123</p><form><input name='parola' type='password'></form>
<a id='back' href='{BACK}'>Dön</a><script>
const said = []; console.debug = (text) => said.push(text);
setTimeout(() => {{ document.body.dataset.said = said.join(); }}, 50);</script>"""
LINK = f"<h1>e-Devlet Kapısı</h1><a id='bank' href='{BANK}'>Örnek Bankası</a>"


@pytest.fixture
def gateway(stage: Stage) -> Stage:
    """A gateway with a link to a bank on another port."""
    stage.pages[BANK] = BANK_PAGE
    stage.put("<p>Hoş geldiniz</p>", site="giris", path="/Giris/Banka-Giris-Kontrol")
    stage.show(LINK, site="giris", path="/Giris/Banka-Giris")
    return stage


def _at_bank(page: Page) -> None:
    page.wait_for_url(BANK)


def _look(stage: Stage) -> Observation:
    return stage.observer.observe()


def test_the_person_s_own_press_leads_to_the_bank_and_back(gateway: Stage) -> None:
    """We read nothing at the bank. Back at the gateway the tab counts again."""
    gateway.page.click("#bank")
    _at_bank(gateway.page)
    (tab,) = _look(gateway).tabs
    assert tab.is_elsewhere
    assert tab.frames == ()
    gateway.page.click("#back")
    gateway.page.wait_for_url("**/Banka-Giris-Kontrol")
    (tab,) = _look(gateway).tabs
    assert not tab.is_elsewhere
    assert "Hoş geldiniz" in tab.text


def test_nothing_of_ours_runs_at_the_bank(gateway: Stage) -> None:
    """We have no listener and no channel there: whatever changes at the bank, we hear nothing."""
    gateway.page.click("#bank")
    _at_bank(gateway.page)
    rings = gateway.observer._rings
    gateway.page.evaluate("document.body.append('x'); document.querySelector('p').click()")
    gateway.page.wait_for_selector("body[data-said]")
    assert gateway.page.get_attribute("body", "data-said") == ""
    assert gateway.observer._rings == rings


def test_a_dialog_at_the_bank_is_not_heard(gateway: Stage) -> None:
    """What the bank asks is between the bank and the person. We neither read it nor answer it."""
    gateway.page.click("#bank")
    _at_bank(gateway.page)
    with gateway.page.expect_event("dialog") as opened:
        gateway.page.evaluate("setTimeout(() => confirm('Hesap?'), 0)")
    assert not gateway.observer.held
    opened.value.dismiss()


@pytest.mark.parametrize(
    "script",
    [
        f"location.href = '{BANK}'",
        f"setTimeout(() => location.replace('{BANK}'), 0)",
        "document.querySelector('#bank').click()",
        f"document.body.innerHTML = `<form method='post' action='{BANK}'></form>`; document.forms[0].submit()",
    ],
)
def test_a_tab_that_leaves_by_itself_is_on_another_host(gateway: Stage, script: str) -> None:
    """Unless the person pressed something, no page may take them anywhere."""
    gateway.page.evaluate(script)
    _at_bank(gateway.page)
    assert not _look(gateway).tabs[0].is_elsewhere


def test_a_press_on_another_page_is_none_at_the_gateway(stage: Stage) -> None:
    """Only a press at the gateway may lead to a bank; a link on the portal may not."""
    stage.pages[BANK] = BANK_PAGE
    stage.show(LINK)
    stage.page.click("#bank")
    _at_bank(stage.page)
    assert not stage.look().is_elsewhere


def test_a_press_of_the_run_s_own_does_not_count(gateway: Stage) -> None:
    """If the hand pressed, it wasn't the person's choice."""
    tab = gateway.look()
    link = next(control for control in tab.controls if control.id == "bank")
    assert gateway.observer.arm(tab, link) is not None
    gateway.page.click("#bank")
    _at_bank(gateway.page)
    assert not gateway.look().is_elsewhere


def test_another_tab_may_not_be_there(gateway: Stage) -> None:
    """A window that the gateway, the bank or the person opens counts as on another host."""
    gateway.page.click("#bank")
    _at_bank(gateway.page)
    gateway.page.context.new_page().goto(BANK)
    first, second = _look(gateway).tabs
    assert first.is_elsewhere
    assert not second.is_elsewhere


def test_what_may_be_elsewhere() -> None:
    """For the real portal: any https host but its own. On this machine: another port here, and nothing beyond."""
    real = HostRule.real()
    assert real.may_be_elsewhere("https://internetsubesi.banka.example/giris")
    for other in (
        "http://banka.example/",
        "https://giris.turkiye.gov.tr/Giris/gir",
        "https://u:p@banka.example/",
        "about:blank",
    ):
        assert not real.may_be_elsewhere(other)
    assert real.is_of_edevlet("https://www.turkiye.gov.tr/sifre-yenileme")
    assert not real.is_of_edevlet("https://www.turkiye.gov.tr.example/")
    here = HostRule.for_loopback("http://onlineislemler.localhost:8000/landing")
    assert here.may_be_elsewhere("http://banka.localhost:8001/giris")
    for other in ("http://banka.localhost:8000/", "https://banka.example/", "http://banka.localhost.example:8001/"):
        assert not here.may_be_elsewhere(other)
