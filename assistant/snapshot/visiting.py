"""One polite visit to the public landing page: does it still look the way we know it?

The browser says who it is, visits once, presses nothing and types nothing. It can't reach the login hosts, so whatever
the page does, no login form opens. It only sends GET requests.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Dialog, Frame, Page, Request, Route
from playwright.sync_api import Error as PlaywrightError

from assistant.base.errors import RunError
from assistant.base.version import version
from assistant.browser.launch import fresh_context
from assistant.run.limits import HEARTBEAT_MS, Limits
from assistant.run.trouble import why_unreachable
from assistant.snapshot.comparing import Change, compare_screens
from assistant.snapshot.kept import Screen
from assistant.snapshot.recognising import Recognised, recognised
from assistant.snapshot.reference import EDITIONS, reference
from assistant.snapshot.shaping import NotKeptError, shaped
from assistant.snapshot.vocabulary import known_words
from flows import HostRule, Observer, Press, TabView
from flows.sites import SITES

LANDING = "landing"
_HARMLESS = frozenset({"GET", "HEAD"})
_FIRST_ERROR = 400
"""HTTP statuses from here on mean an error."""
_LOGIN_HOSTS = ("*.turkiye.gov.tr", "turkiye.gov.tr")


@dataclass(frozen=True, slots=True)
class PortalVisit:
    """What one visit found."""

    address: str
    status: int
    """The page's HTTP status; 0 if we got none."""
    went_to: str = ""
    """The host the page tried to send us to; we didn't follow."""
    seen: Recognised | None = field(default=None, repr=False)
    kept: Screen | None = field(default=None, repr=False)
    """What we may keep of the page."""
    changes: tuple[Change, ...] = ()
    """How it differs from the closer edition of the reference."""

    @property
    def screen(self) -> str:
        """The screen we take the page for; empty unless there is exactly one."""
        return self.seen.name if self.seen else ""

    @property
    def has_way_in(self) -> bool:
        """Whether the assistant would find the one control that leads on."""
        return self.seen is not None and isinstance(self.seen.decision, Press)

    @property
    def matches(self) -> bool:
        """Whether it is the page we know and the portal doesn't call it an error."""
        return not self.went_to and not self.is_error and self.screen == LANDING and self.has_way_in

    @property
    def is_error(self) -> bool:
        """Whether the portal answered with an error, whatever the page shows."""
        return self.status >= _FIRST_ERROR


def user_agent() -> str:
    """Return the User-Agent for the visit."""
    return f"eonay-check-portal/{version()} (E-Onay asistani; one visit, nothing is pressed)"


def unreachable_logins(rule: HostRule) -> tuple[str, ...]:
    """Return browser arguments that make every login host unreachable."""
    if rule.loopback:
        return (f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {urlsplit(rule.entry).hostname}",)
    hosts = [site.host for site in SITES.values() if site.name != "portal"]
    return (f"--host-resolver-rules={', '.join(f'MAP {host} ~NOTFOUND' for host in (*hosts, *_LOGIN_HOSTS))}",)


def visit(browser: Browser, rule: HostRule, limits: Limits) -> PortalVisit:
    """Visit the landing page once and report what is there. Raises `RunError` if we can't reach it."""
    with fresh_context(browser, user_agent=user_agent(), service_workers="block") as context:
        observer = Observer(context, rule)
        page = observer.new_page()
        page.on("dialog", _left)
        with _kept_still(context, page, rule) as went_to:
            status = _opened(page, rule, went_to)
            tab = _settled(observer, limits) if not went_to else None
        if went_to or tab is None:
            return PortalVisit(rule.entry, status, went_to=went_to[0] if went_to else "")
        return _judged(rule, status, tab)


def _left(dialog: Dialog) -> None:
    """Dismiss a browser dialog: nobody is there to read it, and it would block the page forever."""
    with suppress(PlaywrightError):
        dialog.dismiss()


def _opened(page: Page, rule: HostRule, went_to: list[str]) -> int:
    try:
        answer = page.goto(rule.entry, wait_until="load")
    except PlaywrightError as error:
        if went_to:
            return 0
        raise RunError(why_unreachable(error.message)) from None
    return answer.status if answer else 0


@contextmanager
def _kept_still(context: BrowserContext, page: Page, rule: HostRule) -> Iterator[list[str]]:
    """Only let requests out that a look needs. Yields a list that collects the hosts the page tried to go to."""
    went_to: list[str] = []
    home = urlsplit(rule.entry).hostname

    def leads_away(request: Request) -> bool:
        return _is_of_page(request, page.main_frame) and urlsplit(request.url).hostname != home

    def note(request: Request) -> None:
        if leads_away(request):
            went_to.append(urlsplit(request.url).hostname or "")

    def let(route: Route) -> None:
        if route.request.method not in _HARMLESS or leads_away(route.request):
            route.abort()
        else:
            route.continue_()

    page.on("request", note)
    context.route("**/*", let)
    yield went_to
    with suppress(PlaywrightError):
        page.remove_listener("request", note)
        context.unroute_all(behavior="ignoreErrors")


def _is_of_page(request: Request, frame: Frame) -> bool:
    try:
        return request.is_navigation_request() and request.frame == frame
    except PlaywrightError:  # a request whose frame isn't known yet
        return False


def _settled(observer: Observer, limits: Limits) -> TabView | None:
    """Return the page once it has been still for a while; None if it never shows anything."""
    until = monotonic() + limits.page_s
    seen, since, tab = None, monotonic(), None
    while monotonic() < until:
        tabs = observer.observe().tabs
        tab = tabs[0] if tabs else None
        now = tab.fingerprint() if tab and not (tab.is_blank or tab.is_loading) else None
        if now is None or now != seen:
            seen, since = now, monotonic()
        elif monotonic() - since >= limits.settle_s:
            break
        observer.wait(HEARTBEAT_MS)
    return tab if tab and tab.frames else None


def _judged(rule: HostRule, status: int, tab: TabView) -> PortalVisit:
    seen = recognised(Screen.of(tab, ""), rule.look)
    try:
        kept = Screen.of(shaped(tab, known_words(), seen.name or LANDING, rule.look), seen.name)
    except NotKeptError:
        return PortalVisit(rule.entry, status, seen=seen)
    ways = [tuple(compare_screens(reference(edition)[LANDING], kept)) for edition in EDITIONS]
    return PortalVisit(rule.entry, status, seen=seen, kept=kept, changes=min(ways, key=len))
