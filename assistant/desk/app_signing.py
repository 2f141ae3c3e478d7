"""The official app in a guided run: the panel shows its advice and passes button presses to it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

from playwright.sync_api import BrowserContext

from assistant.base.words import Language
from assistant.desk.person import DeskPerson
from assistant.desk.view import AdviceView
from assistant.official_app.clipboard import Keeper
from assistant.signing.component import SigningComponent
from assistant.signing.with_app import OfficialApp
from flows import HostRule


class AppAtDesk:
    """Makes the component for `assistant.desk.guided_run.guide_with_app`."""

    def __init__(
        self, rule: HostRule, language: Language, command: Sequence[str] = (), keeper: Keeper | None = None
    ) -> None:
        self._rule = rule
        self._language: Language = language
        self._command = tuple(command)
        self._keeper = keeper

    def __call__(self, person: DeskPerson, portal: BrowserContext, stack: ExitStack) -> SigningComponent:
        """Return the component, connected to the panel; *stack* gives the clipboard back."""
        component = OfficialApp(self._rule, language=self._language, command=self._command, keeper=self._keeper)
        stack.callback(component.close)
        person.advice = lambda: _shown(component)
        person.troubles = component.troubles
        person.on_action = component.press
        return component


def _shown(component: OfficialApp) -> AdviceView | None:
    advice = component.advice()
    return None if advice is None else AdviceView(advice.title, advice.lines, advice.actions, bar=advice.bar)
