"""The whole dry run against a bare hand-written script: ``python -m tests.benchmarks.dry_run [RUNS]``.

Both do the same clicks in the same browser and make the same signature with the same SoftHSM2 token on the same mock
portal, in turn (A B A B …), after the browser has been launched. The bare script knows every page by heart, waits for
nothing but its next control and checks nothing; the fresh visit that the assistant makes at the end isn't counted.
Prints the ratio pair by pair with its median: the aim is at most 1.
"""

from __future__ import annotations

import asyncio
import base64
import os
import statistics
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx
import pkcs11
from playwright.sync_api import Browser

import fixtures
import mock_portal
from assistant.browser.launch import BrowserOptions, fresh_context, open_browser
from assistant.card.modules import find_softhsm
from assistant.card.pin import Pin
from assistant.card.process import Pkcs11Card
from assistant.card.provision import VirtualCard, provision
from assistant.run.loop import Run
from assistant.run.person import TestPerson, Unattended
from assistant.setup import find_browser
from assistant.signing.by_card import CardComponent
from flows import HostRule
from mock_portal import gateway
from tests.benchmarks.figures import Benchmark, Figure, Say

PERSON = "ayse"


def bare_script(browser: Browser, served: mock_portal.Served, card: VirtualCard, label: str) -> float:
    """Give the consent as a bare script would; return the seconds until the banner."""
    person = fixtures.people()[PERSON]
    with fresh_context(browser) as context:
        began = perf_counter()
        page = context.new_page()
        page.goto(served.entry_url)
        page.get_by_role("link", name="e-Devlet ile Giriş").click()
        page.get_by_role("link", name="E-devlet kapısına git").click()
        page.fill("#tridField", person.national_id)
        page.fill("#egpField", person.password)
        page.click("button[name=submitButton]")
        page.fill("#smsDogrulamaKodu", person.sms_code)
        page.click("button[name=submitButton]")
        page.click(".btn-send")
        page.locator("main .card").first.click()
        page.locator("main").get_by_text("Bireysel İşlemler", exact=True).click()
        page.locator("main").get_by_text("E-Onay İşlemleri", exact=True).click()
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Devam").click()
        code = page.locator("input[readonly]").input_value()
        sign(served.port, code, card, label, person.pin)
        page.get_by_text("İşlem başarılı").first.wait_for()
        return perf_counter() - began


def sign(port: int, code: str, card: VirtualCard, label: str, pin: str) -> None:
    """Sign as pyHanko's own PKCS#11 signer does, in this process."""
    from pyhanko.sign.pkcs11 import PKCS11Signer

    base = f"http://127.0.0.1:{port}/eimza/api/requests/{code}"
    host = {"host": f"onlineislemler.localhost:{port}"}
    document = base64.b64decode(httpx.get(base, headers=host, trust_env=False).json()["document"])
    os.environ.update(card.environment)
    with pkcs11.lib(str(card.module)).get_token(token_label=card.label).open(user_pin=pin) as session:
        signer = PKCS11Signer(session, cert_label=label, key_label=label)
        coroutine = signer.async_sign_general_data(document, "sha256", detached=False, use_cades=True)
        with ThreadPoolExecutor(1) as pool:
            der = pool.submit(asyncio.run, coroutine).result().dump()
    headers = {**host, "content-type": "application/pkcs7-signature"}
    httpx.post(f"{base}/signature", content=der, headers=headers, trust_env=False).raise_for_status()


def assistant_run(browser: Browser, served: mock_portal.Served, card: VirtualCard, label: str) -> float:
    """Give the consent with the assistant; return the seconds until it leaves the banner for the fresh visit."""
    person = fixtures.people()[PERSON]
    rule = HostRule.for_loopback(served.entry_url)
    test_person = TestPerson(person.national_id, (person.password,), lambda: person.sms_code)
    with ExitStack() as stack:
        token = Pkcs11Card(card.module, card.label, card.environment)
        stack.callback(token.close)
        context = stack.enter_context(fresh_context(browser))
        began = perf_counter()
        component = CardComponent(token, rule, lambda _token: Pin(person.pin), person.national_id)
        stack.callback(component.close)
        verified_from: list[float] = []
        run = Run(
            context,
            rule,
            Unattended(test_person),
            component,
            on_step=lambda step, _screen: verified_from.append(perf_counter()) if step == "verify" else None,
        )
        result = run.go()
        if result.outcome.exit_code or not verified_from:
            raise SystemExit(f"the run ended as {result.outcome}: {result.reason}")
        return verified_from[0] - began


@dataclass(frozen=True, slots=True)
class Bench:
    """What both ways work with."""

    browser: Browser
    served: mock_portal.Served
    card: VirtualCard
    label: str


@contextmanager
def set_up() -> Iterator[Bench]:
    """Serve the portal, make the person's card, start a browser."""
    softhsm = find_softhsm()
    if softhsm is None:
        raise SystemExit("SoftHSM2 is not installed")
    with ExitStack() as stack:
        portal = mock_portal.Portal(people=[PERSON])
        gateway.set_policy(portal, captcha="never")
        served = stack.enter_context(mock_portal.serve(portal))
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="eonay-bench-")))
        person = fixtures.people()[PERSON]
        credentials = portal.pki.credentials(person)
        card = provision(folder, credentials, pin=Pin(person.pin), label="bench", module=softhsm)
        browser = stack.enter_context(open_browser(find_browser(unattended=True), BrowserOptions()))
        yield Bench(browser, served, card, credentials[0].label)


def compare(runs: int, say: Say) -> list[tuple[float, float]]:
    """Return the seconds of the assistant and of the bare script, pair by pair."""
    pairs = []
    with set_up() as bench:
        for number in range(runs + 1):
            times = []
            for way in (assistant_run, bare_script):
                bench.served.portal.state.withdraw_consent(PERSON)
                times.append(way(bench.browser, bench.served, bench.card, bench.label))
            if number:  # the first pair warms up
                pairs.append((times[0], times[1]))
                say(f"{times[0]:6.2f} s  {times[1]:6.2f} s  ratio {times[0] / times[1]:.2f}")
    return pairs


def measure(full: bool, say: Say) -> list[Figure]:
    """Compare both ways."""
    pairs = compare(31 if full else 11, say)
    return [
        Figure(
            "whole run : bare script, median of pairs",
            statistics.median(a / b for a, b in pairs),
            aim=1.0,
            limit="Each screen is looked at as a whole, some twice while they load, and each control is checked once more "
            "before its act: two or three messages to the browser per act that a bare script does not send, and an "
            "event for every request of the page.",
        ),
        Figure("whole run until the banner", statistics.median(a for a, _ in pairs), "s"),
        Figure("bare script until the banner", statistics.median(b for _, b in pairs), "s"),
    ]


BENCHMARK = Benchmark(
    "whole-run",
    "Whole run against a bare script",
    "Both do the same clicks in the same browser and make the same signature with the same SoftHSM2 token on the same "
    "mock portal, in turn, after the browser was started. The bare script knows every page by heart and checks nothing; "
    "the fresh visit that the assistant makes at the end is not counted.",
    measure,
)


def main(runs: int) -> None:
    """Measure and print."""
    pairs = compare(runs, print)
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"median ratio {ratio:.2f} over {runs} pairs (aim: at most 1.0)")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
