"""One dry run, from the stage to the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from assistant.base.outcome import Outcome
from assistant.card.scripted import ScriptedCard
from assistant.receipts.receipt import Receipt
from assistant.rehearsal.actor import Actor
from assistant.rehearsal.methods import visit_before
from assistant.rehearsal.stage import Stage, staged
from assistant.rehearsal.verdict import Verdict
from assistant.run.assemble import AtEnd, Cast, OnStep, unattended
from assistant.run.limits import Limits
from assistant.signing.signer import CardSigner
from fixtures import Scenario
from flows import HostRule, Look, portal_look
from mock_portal import Act, Entry
from mock_portal.gateway import captcha_answer

LOGIN_TITLE = "e-Devlet Giriş"


def prepare(scenario: Scenario, softhsm: Path | None, stack: ExitStack) -> Future[Stage]:
    """Set the stage in a thread while a browser starts. *stack* takes it down again."""
    pool = stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="stage"))
    return pool.submit(stack.enter_context, staged(scenario, softhsm))


def rehearse(
    scenario: Scenario,
    stage: Stage,
    browser: Browser,
    limits: Limits,
    on_step: OnStep,
    *,
    look: Look | None = None,
    at_end: AtEnd | None = None,
) -> Verdict:
    """Run *scenario* on *stage*, and judge it with the help of the ledger.

    *look* gives the portal's words; None means the shipped ones. *at_end* is called after the run, with its pages still
    open.
    """
    began = datetime.now(UTC)

    def seat(context: BrowserContext, rule: HostRule) -> Actor:
        actor = actor_for(scenario, stage, context, rule)
        if scenario.plays.before:
            page = context.new_page()
            gateway = stage.portal.origin("giris")
            visit_before(page, scenario.plays.before, stage.entry, gateway, stage.person, stage.test_person)
        return actor

    cast = Cast(stage.entry, stage.card, stage.ask_pin, stage.national_id, seat, look=look or portal_look())
    result = unattended(cast, browser, limits.but(scenario.patience), on_step=on_step, at_end=at_end)
    receipt = Receipt(began, scenario.name, scenario.edition, stage.card.name, result, look=scenario.look)
    ledger, faults = _told(stage)
    wrong = tuple(_differences(scenario, stage, ledger, faults))
    return Verdict(receipt, Outcome(scenario.expected_outcome), scenario.expected_reason, ledger, faults, wrong)


def actor_for(scenario: Scenario, stage: Stage, context: BrowserContext, rule: HostRule) -> Actor:
    """Return *scenario*'s test person, ready to sit down at *context*."""
    clock = None
    if scenario.page_clock:
        context.clock.install()
        clock = context, stage.faults.take_moved

    def sign_login(address: str, code: str) -> None:
        signer = CardSigner(stage.card, rule.allows, national_id=stage.national_id)
        try:
            signer.prepare(address)
            signer.sign(code, stage.ask_pin, lambda _request: None, title=LOGIN_TITLE)
        finally:
            signer.close()

    return Actor(
        stage.test_person,
        stage.person,
        scenario.plays,
        captcha_of=lambda source: captcha_answer(stage.portal, source),
        sign_login=sign_login,
        page_clock=clock,
    )


def _told(stage: Stage) -> tuple[Mapping[str, int], tuple[str, ...]]:
    """Return what the ledger says: the acts and how often, and the faults that happened."""
    entries = stage.portal.ledger.entries()
    acts = Counter(_name(entry) for entry in entries if entry.act is not Act.FAULT)
    faults = tuple(f"{entry.facts['kind']} {entry.facts['at']}" for entry in entries if entry.act is Act.FAULT)
    return acts, faults


def _name(entry: Entry) -> str:
    """Name an act. For a login, include any method other than the password."""
    method = entry.facts.get("method", "password")
    return entry.act.value if method == "password" else f"{entry.act.value}:{method}"


def _differences(scenario: Scenario, stage: Stage, ledger: Mapping[str, int], faults: Sequence[str]) -> Iterator[str]:
    """Yield the differences as ``what we saw ≠ expected``."""
    expected = scenario.expect.ledger
    for act in sorted({*ledger, *expected}):
        if ledger.get(act, 0) != expected.get(act, 0):
            yield f"{act} {ledger.get(act, 0)} ≠ {expected.get(act, 0)}"
    for fault in scenario.faults:
        if fault.name not in faults:
            yield f"{fault.name} 0 ≠ 1"
    pins = tuple(token.pins_received for token in stage.card.tokens) if isinstance(stage.card, ScriptedCard) else None
    if scenario.expect.pins is not None and pins != scenario.expect.pins:
        yield f"pins {pins} ≠ {scenario.expect.pins}"
