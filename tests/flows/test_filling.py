"""Where the hand types, and where only the person may. Without a browser, as in ``test_acting.py``."""

from __future__ import annotations

import pytest

from flows import HostRule, PageChanged, SafetyError
from tests.flows.drawn_by_hand import URL, control
from tests.flows.teller import GONE, RULE, Teller, failing

GATEWAY = "http://giris.localhost:8123/Giris"
FIELD = control(role="textbox", id="tridField")


@pytest.mark.parametrize(("value", "done"), [("10000000146", ("type", "10000000146")), ("", ("key", "Delete"))])
def test_a_field_of_the_practice_gateway_is_filled(value: str, done: tuple[str, str]) -> None:
    """We get the field ready and replace all its content, with nothing if the value is empty."""
    there = Teller()
    there.again(FIELD)
    there.hand().fill(there.tab(FIELD, urls=(GATEWAY,)), FIELD, value)
    assert there.did() == [("pick", ""), ("ready",), done]


@pytest.mark.parametrize(
    ("rule", "url"), [(RULE, URL), (HostRule.real(), "https://giris.turkiye.gov.tr/Giris"), (HostRule.real(), URL)]
)
def test_no_other_field_is_filled(rule: HostRule, url: str) -> None:
    """On the portal's own pages and on the real gateway only the person types."""
    there = Teller(rule=rule)
    there.again(FIELD)
    with pytest.raises(SafetyError):
        there.hand().fill(there.tab(FIELD, urls=(url,)), FIELD, "10000000146")
    assert there.did() == []


def test_a_field_that_takes_no_focus_is_not_typed_into() -> None:
    """The typed text would go somewhere else."""
    there = Teller(is_ready=False)
    there.again(FIELD)
    with pytest.raises(PageChanged):
        there.hand().fill(there.tab(FIELD, urls=(GATEWAY,)), FIELD, "10000000146")
    assert not there.did("type", "key")


def test_a_field_whose_page_goes_is_a_change() -> None:
    """If the browser complains that the page is gone, the page has changed."""
    there = Teller(events={"ready": failing(GONE)})
    there.again(FIELD)
    with pytest.raises(PageChanged):
        there.hand().fill(there.tab(FIELD, urls=(GATEWAY,)), FIELD, "10000000146")
