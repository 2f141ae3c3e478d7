"""A visitor of the gateway without a browser, who follows what the pages say, form by form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx

from fixtures import Person
from mock_portal import Portal

PASSWORD_PATH = "/Giris/e-Devlet-Sifresi"


@dataclass
class Form:
    """One form of a page."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class PageParts(HTMLParser):
    """Collects a page's forms by id (or position), its hop, its captcha, its inline scripts and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self.hop = ""
        self.captcha = ""
        self.inline: list[str] = []
        self.words: list[str] = []
        self.alert = ""
        self._form: Form | None = None
        self._skips = False
        self._in_alert = 0
        self.feed(html)

    @property
    def text(self) -> str:
        """All the page's words, with one space between them."""
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag says."""
        values = {name: value or "" for name, value in attrs}
        self.inline += [name for name in values if name.startswith("on")]
        if tag == "script" and "src" not in values:
            self.inline.append(tag)
        if tag == "form":
            self._form = Form(values.get("action", ""))
            self.forms[values.get("id", f"form{len(self.forms)}")] = self._form
        elif tag == "input" and self._form is not None and values.get("type") != "submit":
            self._form.fields[values.get("name", "")] = values.get("value", "")
        elif "data-hop" in values:
            self.hop = values["href"]
        elif values.get("class") == "captchaImage":
            self.captcha = values["src"]
        self._skips = tag in {"script", "style", "title"}
        self._in_alert += values.get("role") == "alert"

    def handle_endtag(self, tag: str) -> None:
        """Leave a form or an alert."""
        self._skips = False
        self._in_alert = 0
        if tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        """Note the words."""
        if not self._skips:
            self.words.append(data)
        if self._in_alert:
            self.alert += data


class GatewayVisitor:
    """Walks through the gateway with an HTTP client. `at` is the last page it saw."""

    def __init__(self, portal: Portal, client: httpx.Client) -> None:
        client.follow_redirects = False
        self.portal = portal
        self.client = client
        self.at: httpx.Response | None = None
        self.trail: list[str] = []
        """Addresses visited, oldest first."""

    @property
    def page(self) -> httpx.Response:
        """The last answer that wasn't a redirect."""
        assert self.at is not None
        return self.at

    @property
    def parts(self) -> PageParts:
        """What is on that page."""
        return PageParts(self.page.text)

    def giris(self, path: str) -> httpx.Response:
        """Visit a path of the gateway."""
        return self.visit(self.portal.origin("giris") + path)

    def begin(self) -> httpx.Response:
        """Follow "E-devlet kapısına git"."""
        return self.visit(self.portal.origin("gecit") + "/OAuth2/baslat")

    def visit(self, url: str) -> httpx.Response:
        """Go to an address and follow redirects and hops as far as the door of Online İşlemler."""
        return self._settle(self.client.get(url))

    def send(self, form: str, values: Mapping[str, str] | None = None, *, button: str = "") -> httpx.Response:
        """Send a form of this page with its own fields plus these values."""
        found = self.parts.forms[form]
        data = {**found.fields, **(values or {})}
        if button:
            data[button] = "yes"
        return self._settle(self.client.post(urljoin(str(self.page.url), found.action), data=data))

    def type_password(self, person: Person, password: str | None = None, **more: str) -> httpx.Response:
        """Fill in and send the password page."""
        values = {"tridField": person.national_id, "egpField": password or person.password, **more}
        return self.send("loginForm", values)

    def log_in(self, person: Person) -> httpx.Response:
        """Get to the sharing page, or past it, as a person without a second step."""
        self.begin()
        return self.type_password(person)

    def ticket(self) -> str:
        """Return the ticket the visitor has at the door of Online İşlemler."""
        parts = urlsplit(self.trail[-1])
        assert parts.path == "/oturum", f"not at the door, but at {parts.path}"
        return parse_qs(parts.query)["ticket"][0]

    def _settle(self, answer: httpx.Response) -> httpx.Response:
        for _ in range(10):
            self.at = answer
            self.trail.append(str(answer.url))
            onward = answer.headers.get("location") or PageParts(answer.text).hop
            if not onward:
                return answer
            target = urljoin(str(answer.url), onward)
            if urlsplit(target).path == "/oturum":  # the next origin isn't part of this test
                self.trail.append(target)
                return answer
            answer = self.client.get(target)
        raise AssertionError("the redirects do not end")
