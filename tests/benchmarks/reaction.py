"""How fast the assistant reacts: from a screen's appearance to the first act on it, as the page itself sees it."""

from __future__ import annotations

import re
from contextlib import ExitStack
from statistics import median

import fixtures
from assistant.browser.launch import fresh_context
from assistant.card.pin import Pin
from assistant.card.process import Pkcs11Card
from assistant.run.loop import Run
from assistant.run.person import TestPerson, Unattended
from assistant.signing.by_card import CardComponent
from flows import HostRule
from tests.benchmarks.dry_run import PERSON, Bench, set_up
from tests.benchmarks.figures import Benchmark, Figure, Say, percentile

BANNER = "İşlem başarılı"
_WATCH = """
(() => {
  if (window !== window.top) return;
  const say = console.debug.bind(console);
  let banner = 0, told = false;
  const seen = new MutationObserver(() => {
    if (!document.body?.innerText.includes(BANNER)) return;
    banner = performance.now();
    seen.disconnect();
  });
  seen.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  const acted = (event) => {
    if (told || !event.isTrusted && event.type !== 'input') return;
    told = true;
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    say(`bench:reaction ${performance.now() - (banner || paint?.startTime || performance.now())}`);
  };
  for (const name of ['pointerdown', 'input']) addEventListener(name, acted, { capture: true, passive: true });
})();
""".replace("BANNER", repr(BANNER))
_LIMIT = (
    "Between them lie one look, one drawn frame of the page, one check and the press: four messages to the browser; and "
    "whatever else keeps the processors busy at that moment. Fields are filled by Playwright itself, which takes longer."
)
_TOLD = re.compile(r"bench:reaction ([\d.]+)")


def measure(full: bool, say: Say) -> list[Figure]:
    """Watch several runs on the quiet mock portal."""
    reactions: list[float] = []
    with set_up() as bench:
        for number in range(31 if full else 11):
            found = _one_run(bench)
            if number:  # the first run warms up
                reactions += found
    say(f"{len(reactions)} screens: median {median(reactions):.0f} ms, p95 {percentile(reactions, 0.95):.0f} ms")
    return [
        Figure("screen to next action, median", median(reactions), "ms", aim=20, digits=0, limit=_LIMIT),
        Figure("screen to next action, p95", percentile(reactions, 0.95), "ms", aim=60, digits=0, limit=_LIMIT),
        Figure("screens watched", len(reactions), digits=0),
    ]


def _one_run(bench: Bench) -> list[float]:
    person = fixtures.people()[PERSON]
    bench.served.portal.state.withdraw_consent(PERSON)
    rule = HostRule.for_loopback(bench.served.entry_url)
    found: list[float] = []
    with ExitStack() as stack:
        card = Pkcs11Card(bench.card.module, bench.card.label, bench.card.environment)
        stack.callback(card.close)
        context = stack.enter_context(fresh_context(bench.browser))
        context.add_init_script(_WATCH)
        context.on("console", lambda m: found.extend(float(told) for told in _TOLD.findall(m.text)))
        component = CardComponent(card, rule, lambda _token: Pin(person.pin), person.national_id)
        stack.callback(component.close)
        test_person = TestPerson(person.national_id, (person.password,), lambda: person.sms_code)
        result = Run(context, rule, Unattended(test_person), component).go()
        if result.outcome.exit_code:
            raise SystemExit(f"the run ended as {result.outcome}: {result.reason}")
    return found


BENCHMARK = Benchmark(
    "reaction",
    "From a screen to the next action",
    "Measured inside the page: from its first contentful paint (a person could see it), or from the success banner where "
    "that has come into it, to the first press or typing in it. Screens on which nothing is done are not counted.",
    measure,
)
