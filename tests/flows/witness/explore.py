"""Show the browser many pages and count: ``python -m tests.flows.witness.explore [--every N] [--seed N] [WAY…]``."""

from __future__ import annotations

import argparse
import os
import statistics
import sys

from playwright.sync_api import BrowserContext, Page, Route

from assistant.browser.launch import BrowserOptions, fresh_context, open_browser
from assistant.setup import find_browser
from flows import HostRule, Observer, PageChanged, Press, Tick, decide, recognise
from flows.consent import Known
from flows.errors import FlowError
from flows.witness import Witness, WitnessQuestion
from tests.flows.conftest import ENTRY
from tests.flows.witness.pages import Case, all_cases

ADDRESS = ENTRY.replace("landing", "eonay")


class Viewer:
    """Shows pages in one tab and says what a run would do with each."""

    def __init__(self, context: BrowserContext) -> None:
        self._html = ""
        context.route("**/*", self._answer)
        self.page: Page = context.new_page()
        self.observer = Observer(context, HostRule.for_loopback(ENTRY))
        self.witness = Witness(self.observer.rule)

    def judge(self, case: Case) -> str:
        """Return ``acts`` if a run would act on the page of *case* without asking, else the reason."""
        self._html = case.html
        self.page.goto(ADDRESS, wait_until="load", timeout=8_000)
        return self.look()

    def look(self) -> str:
        """Return the same for the page that shows now."""
        look = self.observer.rule.look
        try:
            seen = recognise(self.observer.observe(), look)
            decision = decide(seen, Known(), look)
        except FlowError as error:
            return error.reason
        if not isinstance(decision, Press | Tick):
            return type(decision).__name__
        if decision.doubts:
            return f"doubts {decision.doubts}"
        try:
            said = self.witness.disagrees(seen.tab, WitnessQuestion(decision.control, decision.quote))
        except PageChanged:
            return "changed"
        return "acts" if said is None else f"{said.reason} {' | '.join(said.sentences)}".strip()

    def _answer(self, route: Route) -> None:
        if route.request.url.endswith(".png") or not route.request.is_navigation_request():
            route.fulfill(status=404)
        elif "yabanci" in route.request.url:
            route.fulfill(body="<p>Canlı destek", content_type="text/html; charset=utf-8")
        else:
            route.fulfill(body=self._html, content_type="text/html; charset=utf-8")


def main(arguments: list[str]) -> int:
    """Print what went wrong and the counts. Return 1 if we acted on a trap."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("ways", nargs="*")
    options = parser.parse_args(arguments)
    wrong = stopped = traps = twins = 0
    found = find_browser(os.environ.get("EONAY_BROWSER"))
    with open_browser(found, BrowserOptions()) as browser, fresh_context(browser) as context:
        viewer = Viewer(context)
        for case in all_cases(options.seed, every=options.every):
            if options.ways and not any(way in case.name for way in options.ways):
                continue
            said = viewer.judge(case)
            traps, twins = traps + case.trap, twins + (not case.trap)
            is_right = (said == "acts") is not case.trap
            wrong, stopped = wrong + (case.trap and not is_right), stopped + (not case.trap and not is_right)
            if not is_right or options.ways:
                sys.stdout.write(f"{'✓' if is_right else '✗'} {case.name}: {said}\n")
        took = viewer.witness.took_ms
    share = 100 * (twins - stopped) / max(twins, 1)
    sys.stdout.write(f"{wrong} wrong acts on {traps} traps; {share:.1f} % of {twins} twins went through\n")
    if took:
        sys.stdout.write(
            f"the witness took {statistics.median(took):.1f} ms in the median, {max(took):.0f} ms at most\n"
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
