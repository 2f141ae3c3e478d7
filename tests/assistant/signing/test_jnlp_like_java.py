"""A JNLP is opened wherever Java's own starter opens it, and nothing runs that wasn't checked."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.base.errors import SigningError
from assistant.signing.app_files import fetch_jnlp
from assistant.signing.jnlp import FromElsewhere, find_service, read_jnlp
from assistant.signing.jnlp_text import NotReadable
from flows import HostRule

CASES = sorted((Path(__file__).parent / "jnlp").glob("*.jnlp"))
SITE = "http://onlineislemler.localhost:8000"
AT = f"{SITE}/app/KamuSM-eimza.jnlp"
ALLOWED = HostRule.for_loopback(SITE).allows
REAL_SITE = "https://onlineislemler.kamusm.gov.tr"
REAL_AT = f"{REAL_SITE}/app/KamuSM-eimza.jnlp"
REAL = HostRule.real().allows


def opened(body: bytes, at: str = REAL_AT) -> bytes:
    """Return what Java is given of a JNLP, by the app's rule."""
    is_allowed = REAL if at.startswith("https:") else ALLOWED
    return fetch_jnlp(at, lambda _address, _most: body, is_allowed).body


def runs(body: bytes) -> list[str]:
    """Return the full address of everything that a JNLP from a file on disk would run."""
    root = ElementTree.fromstring(body)  # noqa: S314 (written here)
    return [urljoin(root.get("codebase", "").rstrip("/") + "/", one.get("href", "")) for one in root.iter("jar")]


def jnlp(resources: str = '<jar href="a.jar"/>', root: str = f'codebase="{REAL_SITE}/app/"', head: str = "") -> str:
    """Return a JNLP as text, without a declaration."""
    return (
        f"{head}<jnlp {root}><information><title>e-İmza</title></information><resources>{resources}</resources></jnlp>"
    )


# --- what real portals send -----------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_app_opens_each_shape(case: Path) -> None:
    """Every file that IcedTea-Web opens is opened, with each jar at an absolute address that Java resolves."""
    body = opened(case.read_bytes(), AT)
    codebase = ElementTree.fromstring(body).get("codebase")  # noqa: S314 (written here)
    assert codebase is not None
    assert urlsplit(codebase).netloc == "127.0.0.1:8000"
    jar = {"jars-in-j2se": "/app/a.jar", "kamusm-own-shape": "/download/KamuSM-eimza.jar"}.get(
        case.stem, "/app/eimza.jar"
    )
    assert runs(body) == [f"http://127.0.0.1:8000{jar}"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_card_signer_finds_the_service_in_each_shape(case: Path) -> None:
    """The same files name the service to the card signer; KamuSM's own shape names none, and is said to."""
    if case.stem == "kamusm-own-shape":
        with pytest.raises(SigningError, match="service_not_found"):
            find_service(case.read_bytes(), AT, ALLOWED)
    else:
        assert find_service(case.read_bytes(), AT, ALLOWED).base == f"{SITE}/imza"


PLAIN = jnlp('<jar href="a.jar"/><property name="jnlp.eimza.service" value="/imza"/>')
SAID = '<?xml version="1.0" encoding="{}"?>\n'
CARELESS = {
    "blank line first": ("\r\n\n " + SAID.format("utf-8") + PLAIN).encode(),
    "BOM": b"\xef\xbb\xbf" + (SAID.format("utf-8") + PLAIN).encode(),
    "BOM of UTF-16": (SAID.format("utf-16") + PLAIN).encode("utf-16"),
    "UTF-16 without a BOM": (SAID.format("utf-16") + PLAIN).encode("utf-16-be"),
    "trailing NUL": (SAID.format("utf-8") + PLAIN).encode() + b"\0\0",
    "UTF-16 said, UTF-8 meant": (SAID.format("utf-16") + PLAIN).encode(),
    "1254 said, UTF-8 meant": (SAID.format("windows-1254") + PLAIN).encode(),
    "1254 said and meant": (SAID.format("windows-1254") + PLAIN).encode("cp1254"),
    "nothing said, 1254 meant": PLAIN.encode("cp1254"),
    "unknown encoding": (SAID.format("no-such-encoding") + PLAIN).encode(),
    "comment before the declaration": ("<!-- a -->" + SAID.format("utf-8") + PLAIN).encode(),
    "dashes in a comment": PLAIN.replace("<jar", "<!-- ---- a -- b ----><jar").encode(),
    "a program after the end": (PLAIN + "<script>x()</script>").encode(),
    "Ctrl-Z after the end": (PLAIN + "\r\n\x1a").encode(),
    "control characters": PLAIN.replace("e-İmza", "\x01\x0b&#1;").encode(),
    "text between elements": PLAIN.replace("<jar", "> <jar").encode(),
    "HREF": PLAIN.replace("href", "HREF").replace("codebase", "codeBase").encode(),
    "prefix without a namespace": PLAIN.replace("<jar", '<jfx:javafx-runtime version="2"/><jar xsi:a="b"').encode(),
    "< in an attribute": PLAIN.replace("<jar", '<jar part="<x>"').encode(),
    "small doctype": b"<!doctype jnlp>" + PLAIN.encode(),
    "processing instruction": ("<?xml-stylesheet href='a'?>" + PLAIN).encode(),
    "XML 1.1": (SAID.format("utf-8").replace("1.0", "1.1") + PLAIN).encode(),
    "doctype": b'<!DOCTYPE jnlp SYSTEM "http://evil.example/x.dtd">' + PLAIN.encode(),
    "declarations": b"<!DOCTYPE jnlp [<!ELEMENT jnlp ANY>]>" + PLAIN.encode(),
    "HTML entity": PLAIN.replace("e-İmza", "&copy; e-&Iuml;mza").encode(),
    "ampersand": PLAIN.replace('"a.jar"', '"a.jar?a=1&b=2"').encode(),
    "comment": PLAIN.replace("<jar", "<!-- <jar href='https://evil.example/b.jar'/> --><jar").encode(),
    "CDATA": PLAIN.replace("e-İmza", "<![CDATA[<jar href='https://evil.example/b.jar'/>]]>").encode(),
    "white space": PLAIN.replace('"a.jar"', '"\n  a.jar "').replace('codebase="', 'codebase=" ').encode(),
    "space in a path": PLAIN.replace('"a.jar"', '"e imza.jar"').encode(),
    "Turkish path": PLAIN.replace('"a.jar"', '"çağrı.jar"').encode(),
    "jars per system": PLAIN.replace("<resources>", '<resources><jar href="z.jar"/></resources><resources os="Windows">').encode(),
    "java for j2se": PLAIN.replace("<jar", '<java version="1.8+"><resources><jar').replace("<property", "</resources></java><property").encode(),
    "namespace": PLAIN.replace("<jnlp ", '<jnlp xmlns="http://example.com/jnlp" ').encode(),
    "JavaFX": PLAIN.replace("<jnlp ", '<jnlp xmlns:jfx="http://javafx.com" ').replace("<jar", '<jfx:javafx-runtime version="8" href="http://javadl.sun.com/x"/><jar').encode(),
    "icon elsewhere": PLAIN.replace("<title>", '<icon href="http://evil.example/i.gif"/><title>').encode(),
    "icon without sense": PLAIN.replace("<title>", '<icon href="C:\\i con.gif"/><title>').encode(),
    "upper case host": PLAIN.replace("https://onlineislemler", "HTTPS://OnlineIslemler").encode(),
    "no slash": PLAIN.replace("/app/", "/app").encode(),
    "above the codebase": PLAIN.replace('"a.jar"', '"../app/a.jar"').encode(),
    "relative codebase": PLAIN.replace(REAL_SITE, "").encode(),
    "no codebase": PLAIN.replace(f' codebase="{REAL_SITE}/app/"', "").encode(),
    "empty codebase": PLAIN.replace(f"{REAL_SITE}/app/", "").encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", CARELESS)
def test_what_java_shrugs_off_is_shrugged_off(name: str) -> None:
    """However careless the file, the app opens it, the card signer finds its service, and only its own jars run."""
    body = opened(CARELESS[name])
    assert runs(body)
    assert all(address.lower().startswith(f"{REAL_SITE}/app/") and address.isascii() for address in runs(body))
    assert find_service(CARELESS[name], REAL_AT, REAL).base.lower() == f"{REAL_SITE}/imza"
    assert ElementTree.fromstring(body).get("codebase", "").strip().lower().startswith(REAL_SITE)  # noqa: S314


def test_a_careful_file_is_opened_as_it_came() -> None:
    """A signature may cover the file: if nothing needs mending not one byte changes, whatever its icons."""
    for text in (PLAIN, SAID.format("UTF-8") + PLAIN, PLAIN.replace("<title>", '<icon href="/a b.gif"/><title>')):
        assert opened(text.encode()) == text.encode()


def test_what_is_mended_says_what_was_read() -> None:
    """A file that two programs could read differently is written again: what was checked is what Java gets."""
    body = opened(jnlp("<![CDATA[<jar href='https://evil.example/b.jar'/>]]><jar href='a b.jar?x=1&y=2'/>").encode())
    assert b"evil" not in body or b"&lt;jar" in body
    assert runs(body) == [f"{REAL_SITE}/app/a%20b.jar?x=1&y=2"]
    argument = "<application-desc><argument> a b </argument></application-desc></jnlp>"
    assert b"> a b <" in opened(jnlp(root="codebase='/app'").replace("</jnlp>", argument).encode())
    assert b"KamuSM-eimza.jnlp" not in opened(jnlp(root='codebase="/app" href="KamuSM-eimza.jnlp"').encode())


# --- what may not be opened -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "jar", ["lib\\a.jar", "a\u202e.jar", "a&#9;b.jar", "a.jar#x"]
)  # fmt: skip
def test_a_form_that_cannot_be_read_is_not_from_elsewhere(jar: str) -> None:
    """A path that makes no sense ends nothing: there is a second link to try."""
    with pytest.raises(SigningError, match="service_answer_invalid"):
        opened(jnlp(f'<jar href="{jar}"/>').encode())


ELSEWHERE = [
    "https://evil.example/a.jar", "//evil.example/a.jar", "\\\\evil.example\\a.jar", "/\\evil.example/a.jar",
    "https:\\\\evil.example/a.jar", "http://onlineislemler.kamusm.gov.tr/a.jar", "file:///tmp/a.jar", "C:\\a.jar",
    "jar:https://onlineislemler.kamusm.gov.tr/a.jar!/", "https://onlineislemler.kamusm.gov.tr@evil.example/a.jar",
    "https://onlineislemler.kamusm.gov.tr\\@evil.example/a.jar", "https://onlineislemler.kamusm.gov.tr .evil.example/a.jar",
    "https://onlineislemler.kamusm.gov.tr&#9;.evil.example/a.jar", "https://onlineıslemler.kamusm.gov.tr/a.jar",
    "https://onlineislemler.kamusm.gov.tr./a.jar", "https:///a.jar", " HTTPS://EVIL.example/a.jar ",
]  # fmt: skip


@pytest.mark.parametrize("place", ELSEWHERE)
@pytest.mark.parametrize("element", ["jar", "nativelib", "extension"])
def test_nothing_runs_from_elsewhere(element: str, place: str) -> None:
    """Whatever is run and wherever it stands in the file, another place, or one that can't be told, halts."""
    for resources in (
        f"<jar href='a.jar'/><{element} href='{place}'/>",
        f"<jar href='a.jar'/><java version='8'><resources os='Linux'><{element} href='{place}'/></resources></java>",
    ):
        with pytest.raises(SigningError, match="app_not_allowed"):
            opened(jnlp(resources).encode())
    with pytest.raises(SigningError, match="app_not_allowed"):
        opened(jnlp(root=f'codebase="{place}"').encode())
    with pytest.raises(SigningError, match="service_not_allowed"):
        find_service(jnlp("", root=f'codebase="{place}"').encode(), REAL_AT, REAL)


_EVIL = '<jnlp codebase="https://evil.example/"><resources><jar href="a.jar"/></resources></jnlp>'


@pytest.mark.parametrize(
    "text",
    [
        # IcedTea-Web takes comments out first, so that here it finds the second file and a strict parser the first.
        f'<!DOCTYPE jnlp SYSTEM "<!--">{PLAIN.replace("</jnlp>", "")}<!-- -->">{_EVIL}</jnlp>',
        f'<?xml version="1.0" x="<!--"?>{PLAIN.replace("</jnlp>", "")}<!-- --"?>{_EVIL}</jnlp>',
        PLAIN.replace("codebase=", 'CODEBASE="https://evil.example/" codebase='),
        PLAIN.replace("codebase=", 'codeba\u017fe="https://evil.example/" codebase='),
        PLAIN.replace("<jar", '<jar HREF="https://evil.example/a.jar"/><jar'),
        PLAIN.replace("<jar", '<x:jar href="https://evil.example/a.jar" xmlns:x="urn:x"/><jar'),
        PLAIN.replace("<jar", '<x:jar href="https://evil.example/a.jar"/><jar'),
        PLAIN.replace("<jar", '<jar href="https://evil.example/a.jar" part="<"/><jar'),
        f"<!---><jar href='https://evil.example/a.jar'/>-->{PLAIN}",
    ],
)
def test_a_file_that_is_two_is_not_passed_on(text: str) -> None:
    """What Java would read in a file, and a strict parser would not, is found, or it is gone from what Java gets."""
    try:
        told = opened(text.encode())
    except SigningError:
        return
    assert told != text.encode()
    assert not re.search(rb"""<[^<>]*evil""", told)


def test_what_an_extension_runs_is_checked_too() -> None:
    """An extension is a JNLP of its own: it may name allowed places, itself, and nothing else."""
    extension = jnlp('<extension href="ext.jnlp"/>').encode()
    files = {
        REAL_AT: extension,
        f"{REAL_SITE}/app/ext.jnlp": jnlp('<extension href="ext.jnlp"/><nativelib href="n.jar"/>').encode(),
    }
    assert fetch_jnlp(REAL_AT, lambda address, _most: files[address], REAL).body == extension
    files[f"{REAL_SITE}/app/ext.jnlp"] = jnlp('<jar href="https://evil.example/n.jar"/>').encode()
    with pytest.raises(SigningError, match="app_not_allowed"):
        fetch_jnlp(REAL_AT, lambda address, _most: files[address], REAL)
    endless = (jnlp(f'<extension href="{number}.jnlp"/>').encode() for number in range(1000))
    with pytest.raises(SigningError, match="service_answer_invalid"):
        fetch_jnlp(REAL_AT, lambda _address, _most: next(endless), REAL)


BOMBS = [
    '<!DOCTYPE jnlp [<!ENTITY a "aaaa">]>', '<!DOCTYPE jnlp [<!ENTITY % a "aaaa"> %a;]>',
    '<!DOCTYPE jnlp [<!ENTITY a SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE jnlp [<!ENTITY a PUBLIC "a" "http://evil.example/">]>',
    '<!DOCTYPE jnlp [\n<!ENTITY\ta\n"a">]>',
]  # fmt: skip


@pytest.mark.parametrize("head", BOMBS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp1254"])
def test_no_entity_is_ever_defined(head: str, encoding: str) -> None:
    """A file that defines an entity is no JNLP, in whatever encoding it comes."""
    for body in (head + PLAIN, head + PLAIN.replace("a.jar", "&a;.jar")):
        with pytest.raises(NotReadable):
            read_jnlp(body.encode(encoding), REAL_AT, REAL)


@pytest.mark.parametrize(
    "body",
    [
        jnlp("<x>" * 200 + "</x>" * 200).encode(),
        b"<jnlp>" * 20_000,
        b"<jnlp>" + b"<!--" * 60_000,
        jnlp().replace("</jnlp>", "").encode(),
        jnlp().encode()[:-3],
        jnlp().encode() + b" " * 300_000,
        jnlp(" ".join('<jar href="' + "a" * 1000 + '"/>' for _ in range(300))).encode(),
        SAID.format("utf-7").encode() + b"+ADw-jnlp+AD4-",
        jnlp("").encode(),
        jnlp('<jar href=""/><nativelib href="a.jar"/>').encode(),
        b"<html><body>Oturum sona erdi</body></html>",
    ],
)
def test_what_is_no_app_is_not_opened(body: bytes) -> None:
    """Depth, size, encodings that hide markup, and files with nothing to run are refused without being opened."""
    with pytest.raises(SigningError, match="service_answer_invalid"):
        opened(body)


_PIECES = st.sampled_from(
    [
        *ELSEWHERE, *BOMBS, "<jar href=", "<JAR HREF=", "<x:jar href=", "<nativelib href=", "<extension href=", "/>", ">",
        '"', "'", '"a.jar"', "<!--", "-->", "--", "<![CDATA[", "]]>", "<?x ", "?>", "<resources>", "</resources>", "&", "&a;",
        "\\", " ", "\n", "\0", "\ufeff", "ı", "<jnlp>", "</jnlp>", 'codebase="//evil.example/"', "xmlns='urn:x'", "xmlns:x='urn:x'",
    ]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=12), st.lists(_PIECES, max_size=5), st.sampled_from(["utf-8", "cp1254", "utf-16"]))
def test_whatever_a_file_is_made_of_only_allowed_places_run(inside: list[str], head: list[str], encoding: str) -> None:
    """Any mixture of good and bad gives a reason, or a file that any reader finds to run only what lies on the portal."""
    text = jnlp(f'<jar href="a.jar"/>{"".join(inside)}', head="".join(head))
    body = text.encode(encoding, "replace")
    try:
        told = opened(body)
    except SigningError as error:
        assert error.code in {"app_not_allowed", "service_answer_invalid"}  # noqa: PT017
        return
    assert b"<!ENTITY" not in told
    without_comments = re.sub(rb"<!--.*?-->", b"", told, flags=re.DOTALL)
    for place in re.findall(rb"""<(?:jar|nativelib|extension)\s[^>]*?href\s*=\s*["']([^"']*)""", without_comments):
        assert urljoin(f"{REAL_SITE}/app/", place.decode().strip()).startswith(f"{REAL_SITE}/")


@settings(max_examples=300)
@given(st.text(max_size=40), st.sampled_from(["", "https:", "//", "https://", f"{REAL_SITE}", "/", "\\"]))
def test_an_address_is_one_that_every_program_reads_alike(text: str, start: str) -> None:
    """What passes for a jar's address is written in plain characters and lies on an allowed host."""
    root = ElementTree.fromstring(jnlp())  # noqa: S314
    jar = root.find("resources/jar")
    assert jar is not None
    jar.set("href", start + text)
    try:
        loaded = read_jnlp(ElementTree.tostring(root, encoding="utf-8"), REAL_AT, REAL).loaded()
    except (NotReadable, FromElsewhere):
        return
    for one in loaded:
        assert one.address.isascii()
        assert not set(one.address) & set('\\ "<>^`{|}\t\r\n')
        assert urlsplit(one.address).netloc == "onlineislemler.kamusm.gov.tr"


@pytest.mark.parametrize("half", ["&#xD800;", "&#x00dfff;", "&#55296;", "&#057343;"])
@pytest.mark.parametrize("place", ["title", "attribute"])
def test_half_a_surrogate_is_not_readable(place: str, half: str) -> None:
    """What no program can write again is no JNLP; the page's second link is still there to try."""
    text = (
        PLAIN.replace("<title>", f"<title>{half}") if place == "title" else PLAIN.replace("<jar", f'<jar part="{half}"')
    )
    with pytest.raises(SigningError, match="service_answer_invalid"):
        opened(text.encode())
