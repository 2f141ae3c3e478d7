"""What is opened of a JNLP, as a real Java Web Start takes it."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.base.errors import SigningError
from assistant.setup.parts import Part
from assistant.signing.app_files import fetch_jnlp
from flows import HostRule
from mock_portal.server import serve_app
from tests.assistant.official_app.display import missing
from tests.assistant.signing.test_jnlp_like_java import BOMBS, CASES, ELSEWHERE, REAL_SITE, SITE, opened

NEEDS = (Part.WEB_START,)

_READER = Path("/usr/share/icedtea-web/javaws.jar")
_PROGRAM = (
    'public class X { public static void main(String[] a) { System.out.println("AÇILDI".length()); System.exit(7); } }'
)


@pytest.fixture(scope="module")
def signed_jar(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A program that ends with 7, as a signed jar."""
    if reason := missing("javaws", "javac", "jar", "keytool", "jarsigner"):
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("jar")
    (folder / "X.java").write_text(_PROGRAM, encoding="utf-8")
    (folder / "manifest").write_text("Permissions: all-permissions\nMain-Class: X\n")
    store = "-keystore store -storepass benzetim"
    for command in (
        "javac --release 11 -encoding utf-8 X.java",
        "jar --create --file app.jar --manifest manifest X.class",
        f"keytool -genkeypair -alias a -keyalg RSA -dname CN=Benzetim {store}",
        f"jarsigner {store} app.jar a",
    ):
        subprocess.run(command.split(), cwd=folder, capture_output=True, check=True)
    return (folder / "app.jar").read_bytes()


@pytest.mark.nightly(
    sample="tests/assistant/signing/test_jnlp_with_java.py::test_javas_own_reader_opens_what_is_opened_and_finds_nothing_else"
)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_real_javaws_runs_each_saved_copy(case: Path, signed_jar: bytes, tmp_path: Path) -> None:
    """Opened from a file on disk, each copy leads a real javaws to the portal's jar, and the jar runs."""

    async def jar(_request: Request) -> Response:
        return Response(signed_jar, media_type="application/java-archive")

    with serve_app(Starlette(routes=[Route("/{place:path}.jar", jar)])) as port:
        site = f"http://onlineislemler.localhost:{port}"
        body = case.read_bytes().replace(SITE.encode(), site.encode())
        address = f"{site}/app/{case.name}"
        copy = tmp_path / "KamuSM-eimza.jnlp"
        copy.write_bytes(fetch_jnlp(address, lambda _address, _most: body, HostRule.for_loopback(site).allows).body)
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "c")}
        command = [shutil.which("javaws") or "javaws", "-headless", "-Xnofork", "-Xtrustall", str(copy)]
        done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, timeout=120, check=False)
    assert done.returncode == 7, done.stdout.decode(errors="replace")[-2000:]


_EVIL = "https://evil.example/a.jar"
_PIECES = [
    *ELSEWHERE, *BOMBS, "<jar href=", "<JAR HREF=", "<x:jar href=", "<nativelib href=", "<extension href=", "/>", ">", '"', "'",
    "<!--", "-->", "--", "<!---->", "<!--->", "<!-->", "<![CDATA[", "]]>", "<?x ", "?>", "<resources>", "</resources>", "&", "&a;",
    "&#104;", "&lt;!--", "--&gt;", "\\", " ", "\n", "\0", "ı", "<jnlp>", "</jnlp>", "CODEBASE='https://evil.example/'",
    "codeba\u017fe='https://evil.example/'", "xmlns='urn:x'", "xmlns:x='urn:x'", '<!DOCTYPE jnlp SYSTEM "', "<!DOCTYPE jnlp>",
    '<?xml version="1.0" x="', f'<jar href="{_EVIL}"/>', f"<jar HREF='{_EVIL}'/>", "<description>", "</description>",
    '<jnlp codebase="https://evil.example/"><resources><jar href="a.jar"/></resources></jnlp>',
]  # fmt: skip
_WHOLE = (
    '{head}<jnlp codebase="{site}/app/"{root}><information><title>t</title><vendor>v</vendor></information><security>'
    '<all-permissions/></security><resources><jar href="a.jar"/>{inside}</resources>'
    '<application-desc main-class="X"/></jnlp>{tail}'
)


def test_javas_own_reader_opens_what_is_opened_and_finds_nothing_else(tmp_path: Path) -> None:
    """Of thousands of files put together from good and bad, Java reads each that passes, and runs only the portal's jars."""
    if not _READER.exists() or missing("java", "javac"):
        pytest.skip("IcedTea-Web or a JDK is missing")
    source = Path(__file__).parent / "jnlp" / "Reader.java"
    classes = f"{tmp_path}:{_READER}"
    subprocess.run(["javac", "-nowarn", "-d", tmp_path, "-cp", str(_READER), source], capture_output=True, check=True)
    chance = random.Random(7)  # noqa: S311 (the same files each time)

    def some(most: int) -> str:
        return "".join(chance.choices(_PIECES, k=chance.randint(0, most)))

    passed = 0
    for _ in range(8000):
        root = f" {some(1)}" if chance.random() < 0.3 else ""
        text = _WHOLE.format(head=some(2), root=root, inside=some(4), tail=some(1), site=REAL_SITE)
        try:
            told = opened(text.encode(chance.choice(["utf-8", "utf-8", "cp1254", "utf-16"]), "replace"))
        except SigningError:
            continue
        passed += 1
        (tmp_path / f"{passed}.jnlp").write_bytes(told)
    assert passed > 300
    command = [
        "java",
        "-Djava.awt.headless=true",
        f"-Duser.home={tmp_path}",
        "-cp",
        classes,
        "net.sourceforge.jnlp.Reader",
        str(tmp_path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("jnlp ")]
    assert len(lines) == passed
    for line in lines:
        name, codebase, *places = line.split()[1:]
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert codebase == f"{REAL_SITE}/app/", (text, line)
        assert all(place.startswith(f"{REAL_SITE}/") for place in places), (text, line)
        assert places, (text, line)
