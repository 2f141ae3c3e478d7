"""Words and scripts from pages of public offices: we pass the harmless ones and leave the others alone."""

from __future__ import annotations

import pytest

from flows.actions import forbidden_action
from flows.giving import gives
from flows.layers import way_out
from flows.plain import ends_on_its_day, is_plain
from flows.safety import is_forbidden
from flows.words import sentences
from tests.assistant.cases.fresh_office import OFFICE, OFFICE_ACTS, OFFICE_HANDLERS, OFFICE_TRAPS
from tests.assistant.cases.fresh_office_layers import OFFICE_LAYER_TRAPS, OFFICE_LAYERS
from tests.flows.test_layers import layer


@pytest.mark.parametrize("text", OFFICE)
def test_what_an_office_explains_is_plain(text: str) -> None:
    """Advice, opening hours, addresses and what happens along the way do nothing to the reader."""
    assert all(map(is_plain, sentences(text)))


@pytest.mark.parametrize("text", OFFICE_TRAPS)
def test_what_an_office_has_one_accept_is_not(text: str) -> None:
    """If a sentence goes beyond the consent, it is neither the consent nor plain, however dry it sounds."""
    assert not gives(text)
    assert not is_plain(text)


@pytest.mark.parametrize(("text", "labels", "out"), OFFICE_LAYERS)
def test_an_announcement_of_an_office_is_closed(text: str, labels: tuple[str, ...], out: str) -> None:
    """We use the button that closes, puts off or acknowledges it, and no other."""
    found = way_out(layer(text, *labels))
    assert found is not None
    assert found.text == out


@pytest.mark.parametrize(("text", "labels"), OFFICE_LAYER_TRAPS)
def test_a_question_in_an_announcement_is_the_persons(text: str, labels: tuple[str, ...]) -> None:
    """If a layer wants you to agree to something, we leave it, whatever it calls itself."""
    assert way_out(layer(text, *labels)) is None


@pytest.mark.parametrize("script", OFFICE_HANDLERS)
def test_the_scripts_of_frameworks_do_no_harm(script: str) -> None:
    """Sending a form, showing a spinner or moving on is not a forbidden act."""
    assert not forbidden_action(script)
    assert not is_forbidden(script)


@pytest.mark.parametrize("script", OFFICE_ACTS)
def test_an_act_is_heard_in_the_scripts_of_frameworks(script: str) -> None:
    """If the same frameworks' calls name the act, we notice."""
    assert forbidden_action(script)


@pytest.mark.parametrize(
    "text",
    [
        "Sertifikanızın geçerlilik süresi 12.05.2027 tarihinde sona erecektir.",
        "4A5F12 seri numaralı sertifikanızın süresi 12.05.2027 tarihinde dolacaktır.",
        "Nitelikli elektronik sertifikanız 12 Mayıs 2027 tarihinde sona erecektir.",
        "Sertifikanızın süresi 45 gün sonra dolacak",
        "Sertifika süresi 12.05.2023 tarihinde sona ermiştir.",
    ],
)
def test_a_certificate_that_ends_on_its_day_is_plain(text: str) -> None:
    """A reminder of the last day does nothing to the reader, on a page or in a dialog."""
    assert is_plain(text)
    assert ends_on_its_day(text)


@pytest.mark.parametrize(
    "text",
    [
        "Devam ettiğinizde sertifikanızın geçerlilik süresi 12.05.2027 tarihinde sona erecektir.",
        "Sertifikanızın geçerlilik süresi sona erecektir.",
        "Sertifikanız bugün sona erecektir.",
        "Sertifikanız 12.05.2027 tarihinde sona erdirilecektir.",
        "Sertifikanız 12.05.2027 tarihinde iptal edilecektir.",
        "Sertifikanız 0 gün sonra sona erecektir.",
        "E-Onayınız 12.05.2027 tarihinde sona erecektir.",
    ],
)
def test_a_certificate_that_is_ended_is_not(text: str) -> None:
    """Without a day of its own, by the press, or by somebody's hand, an end is a doubt."""
    assert not is_plain(text)
    assert not ends_on_its_day(text)
