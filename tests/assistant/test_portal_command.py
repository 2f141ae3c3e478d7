"""What ``eonay portal`` prints."""

from __future__ import annotations

import socket
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import fixtures
from assistant.base.words import Language, words
from assistant.cli.portal import person_lines
from tests.assistant.commands import Command
from tests.assistant.test_odd_surroundings import at

_OPEN_TO_ALL = Path("/proc/sys/net/ipv4/ip_unprivileged_port_start")
"""Below this port Linux lets only root listen, see ip(7)."""


@pytest.mark.parametrize("language", ["tr", "en"])
def test_each_person_fits_eighty_columns_in_the_readers_words(language: Language) -> None:
    """Numbers and passwords stand whole, no line is longer than 80, and the kind of card is a word of the language."""
    texts = words("cli", language)
    kinds = texts.group("portal.kind")
    for person in fixtures.people().values():
        lines = list(person_lines(person, texts))
        assert max(map(len, lines)) <= 80, lines
        assert person.national_id in lines[1]
        assert person.password in lines[1]
        assert kinds[person.card.kind] in lines[0]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("tr", "--port: {} numaralı bağlantı noktası kullanılamadı ("),
        ("en", "--port: the port {} could not be had (another program uses it). Give another number."),
    ],
)
def test_a_port_that_is_in_use_is_named(eonay_here: Command, language: str, said: str) -> None:
    """Where another program listens on the port, a sentence says which port, why, and what to do; nothing is opened."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = eonay_here("portal", "--port", str(port), "--lang", language)
    assert (done.returncode, done.stdout) == (2, "")
    assert said.format(port) in " ".join(done.stderr.split())


def test_a_port_that_is_forbidden_is_named() -> None:
    """A port that the system keeps for root is named with the reason, too."""
    if not _OPEN_TO_ALL.exists() or int(_OPEN_TO_ALL.read_text()) <= 1:
        pytest.skip("here everybody may listen on every port")
    with TemporaryDirectory() as made:
        home = Path(made)
        home.chmod(0o755)
        nobody = 'exec setpriv --reuid 54321 --clear-groups "$@"'
        done = at(nobody, "portal", "--port", "1", "--lang", "en", home=home)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "--port: the port 1 could not be had (permission denied)" in done.stderr
