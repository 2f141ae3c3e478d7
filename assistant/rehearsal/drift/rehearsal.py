"""One drift run: a portal with a case's changes, the flow against it, and what the ledger says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from playwright.sync_api import Browser

import fixtures
import mock_portal
from assistant.base.outcome import Outcome
from assistant.card.pin import Pin
from assistant.card.software import SoftwareCard
from assistant.rehearsal.drift.cases import Case
from assistant.run.assemble import Cast, unattended
from assistant.run.limits import Limits
from assistant.run.person import TestPerson, Unattended
from assistant.run.record import RunResult
from flows import Look, portal_look
from mock_portal import Act, gateway
from mock_portal.drift import Drift, drifting

WRONG_ACTS = frozenset(
    {
        Act.CERTIFICATE_REVOKED,
        Act.CONSENT_WITHDRAWN,
        Act.WITHDRAWAL_STARTED,
        Act.SUSPENSION_LIFTED,
        Act.PIN_RESET_STARTED,
        Act.PIN_RESET,
        Act.WEB_PASSWORD_CHANGED,
    }
)
"""What must never happen on the way to an E-Onay."""

Verdict = Literal["success", "stopped", "missed", "wrong"]
"""``success``: ended as if nothing had changed; ``stopped``: stopped without harm; ``missed``: went on where it had to
stop, but did nothing wrong; ``wrong``: the ledger shows a wrong act."""


@dataclass(frozen=True, slots=True)
class DriftStage:
    """A case's drifted portal, being served."""

    case: Case
    portal: mock_portal.Portal = field(repr=False)
    entry: str = field(repr=False)
    """Where the run starts."""

    @property
    def person(self) -> fixtures.Person:
        """The person in this case."""
        return self.portal.people[self.case.person]

    def acts(self) -> Mapping[str, int]:
        """Return the acts in the ledger, and how often each happened."""
        return Counter(entry.act.value for entry in self.portal.ledger.entries())

    def wrong_acts(self) -> tuple[str, ...]:
        """Return the acts that shouldn't have happened."""
        acts = self.acts()
        wrong = {act.value for act in WRONG_ACTS}
        if self.case.stops or self.case.has_consent:
            wrong.add(Act.CONSENT_GIVEN.value)
        found = [act for act in acts if act in wrong]
        return (*found, *(f"{act} twice" for act in (Act.CONSENT_GIVEN.value,) if acts.get(act, 0) > 1))


class Ended(Protocol):
    """How a run ended: a `RunResult`, or what little there is to know about another tool."""

    @property
    def outcome(self) -> str:
        """In a word."""

    @property
    def reason(self) -> str | None:
        """Why it ended like that; None if there is nothing to say."""

    @property
    def duration_ms(self) -> int:
        """How long it took, milliseconds."""


@dataclass(frozen=True, slots=True)
class DriftRun:
    """The result of one case with one way of finding things."""

    case: Case
    verdict: Verdict
    result: Ended
    wrong_acts: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether it ended as it should."""
        return self.verdict == ("stopped" if self.case.stops else "success")

    @property
    def interrupted(self) -> bool:
        """Whether Ctrl+C ended it."""
        return isinstance(self.result, RunResult) and self.result.interrupted


QUICK = Limits(settle_s=1.0, page_s=20, person_s=10, banner_s=5)
"""Enough for whatever drift delays; the portal is on this machine."""


@contextmanager
def drifted(case: Case) -> Iterator[DriftStage]:
    """Serve the portal of *case*."""
    person = replace(fixtures.people()[case.person], consent_form=case.form)
    portal = mock_portal.Portal(
        edition=case.edition,
        look=case.look,
        people={person.key: person},
        middleware=[drifting(Drift(case.seed, case.changes), case.edition)],
    )
    gateway.set_policy(portal, captcha="never")
    with mock_portal.serve(portal) as served:
        entry = served.entry_url
        if case.start == "home":
            ticket = portal.tickets.put({"kind": "ticket", "person": person.key})
            entry = f"{portal.origin('onlineislemler')}/oturum?ticket={ticket}"
        yield DriftStage(case, portal, entry)


def rehearse_drift(case: Case, browser: Browser, limits: Limits = QUICK, look: Look | None = None) -> DriftRun:
    """Run the flow against *case*'s portal and judge it by the ledger."""
    with drifted(case) as stage:
        person = stage.person
        test_person = TestPerson(
            national_id=person.national_id,
            passwords=(person.password,),
            sms_code=lambda: person.sms_code,
            approve_phone=lambda: gateway.approve_phone(stage.portal, person.key),
        )
        cast = Cast(
            stage.entry,
            SoftwareCard(stage.portal.pki.credentials(person), Pin(person.pin)),
            lambda _token: Pin(person.pin),
            person.national_id,
            lambda _context, _rule: Unattended(test_person),
            case.context,
            look or portal_look(),
        )
        result = unattended(cast, browser, limits)
        wanted = Outcome.ALREADY_CONSENTED if case.has_consent else Outcome.CONSENT_GIVEN
        given = stage.acts().get(Act.CONSENT_GIVEN.value, 0)
        return judged(
            stage,
            result,
            went_on=result.outcome.exit_code == 0,
            reached=result.outcome is wanted and given == (0 if case.has_consent else 1),
            stopped=result.outcome is Outcome.HALTED,
        )


def judged(stage: DriftStage, result: Ended, *, went_on: bool, reached: bool, stopped: bool) -> DriftRun:
    """Return the run with its verdict. The ledger has the last word."""
    wrong = stage.wrong_acts()
    verdict: Verdict = "missed"
    if wrong:
        verdict = "wrong"
    elif not stage.case.stops and reached:
        verdict = "success"
    elif stopped and not went_on:
        verdict = "stopped"
    return DriftRun(stage.case, verdict, result, wrong)
