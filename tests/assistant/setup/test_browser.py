"""Which browser is taken, and how it is started."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Dialog, Playwright

from assistant.base.errors import SetupError, UsageError
from assistant.setup import Browser, Part, System, find_browser, install_command, missing
from assistant.setup.browser import BROWSER_NAME, find_shell
from tests.assistant.setup.test_parts import LIBATOMIC

Machine = Callable[..., System]
Put = Callable[..., Path]


def test_chrome_before_edge_before_chromium(machine: Machine, program: Put) -> None:
    """Of several browsers Chrome is taken first, then Edge, then Chromium."""
    here = machine()
    for name, kind in (("chromium", "chromium"), ("microsoft-edge", "msedge"), ("google-chrome", "chrome")):
        path = program(name)
        found = find_browser(system=here)
        assert (found.kind, found.executable_path) == (kind, path)


def test_a_browser_off_the_search_path_is_found(machine: Machine, program: Put) -> None:
    """Chrome is found in its own folder though no command of that name is on the search path."""
    path = program("opt/google/chrome/chrome")
    assert find_browser(system=machine()).executable_path == path


@pytest.mark.parametrize(
    ("system", "path", "kind"),
    [
        ("windows", "Program Files/Google/Chrome/Application/chrome.exe", "chrome"),
        ("windows", "Program Files (x86)/Microsoft/Edge/Application/msedge.exe", "msedge"),
        ("windows", "AppData/Local/Chromium/Application/chrome.exe", "chromium"),
        ("macos", "Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge", "msedge"),
        ("macos", "home/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "chrome"),
    ],
)
def test_the_usual_places_of_windows_and_macos(
    machine: Machine, program: Put, tmp_path: Path, system: str, path: str, kind: str
) -> None:
    """On Windows and macOS browsers are found where their installers put them."""
    places = {
        "ProgramFiles": str(tmp_path / "Program Files"),
        "ProgramFiles(x86)": str(tmp_path / "Program Files (x86)"),
        "LOCALAPPDATA": str(tmp_path / "AppData" / "Local"),
    }
    installed = program(path)
    found = find_browser(system=machine(os=system, euid=None, env=places))
    assert (found.kind, found.executable_path) == (kind, installed)


SHELL = "usr/lib/chromium/chromium-headless-shell"


def test_unattended_work_takes_the_headless_shell(machine: Machine, program: Put) -> None:
    """Debian's headless shell comes before every browser for unattended work, and never where a window is wanted."""
    chrome, command = program("google-chrome"), program("chromium-headless-shell")
    found = find_browser(system=machine(), unattended=True)
    assert (found.kind, found.executable_path, found.is_shell) == ("chromium", command, True)
    itself = program(SHELL)
    assert find_browser(system=machine(), unattended=True).executable_path == itself
    guided = find_browser(system=machine())
    assert (guided.executable_path, guided.is_shell) == (chrome, False)


def test_a_shell_alone_is_no_browser_for_a_person(machine: Machine, program: Put) -> None:
    """With nothing but the shell unattended work goes on, and a guided command asks for a real browser."""
    program(SHELL)
    program(LIBATOMIC)
    here = machine(distro=("debian",))
    assert find_browser(system=here, unattended=True).is_shell
    with pytest.raises(SetupError) as caught:
        find_browser(system=here)
    assert caught.value.code == "browser_missing"
    assert missing([Part.ANY_BROWSER], here) == ()
    assert install_command(missing([Part.BROWSER], here), here).startswith("sudo apt install chromium ")


def test_the_browser_of_unattended_work_can_be_chosen_by_a_word(machine: Machine, program: Put) -> None:
    """``full`` takes the browser with windows although a shell is there; ``shell`` takes the shell, or says it isn't."""
    chrome = program("google-chrome")
    with pytest.raises(UsageError, match="chromium-headless-shell"):
        find_browser("shell", machine(), unattended=True)
    shell = program(SHELL)
    assert find_browser("full", machine(), unattended=True).executable_path == chrome
    assert find_browser("shell", machine(), unattended=True).executable_path == shell
    with pytest.raises(UsageError, match="pencere açamaz"):
        find_browser("shell", machine())


def test_without_a_shell_unattended_work_takes_the_browser(machine: Machine, program: Put) -> None:
    """If there is no shell the browser of the machine does both; no shell is asked for next to it."""
    chrome = program("google-chrome")
    program(LIBATOMIC)
    here = machine(distro=("debian",))
    assert find_browser(system=here, unattended=True).executable_path == chrome
    assert missing([Part.ANY_BROWSER], here) == ()


@pytest.mark.parametrize("name", ["chromium-headless-shell", "chrome-headless-shell", "headless_shell"])
def test_a_shell_that_the_person_names_opens_no_window(machine: Machine, program: Put, name: str) -> None:
    """EONAY_BROWSER wins for unattended work; a guided command says at once that this program opens no window."""
    chosen = program(f"opt/own/{name}")
    program("google-chrome")
    assert find_browser(chosen, machine(), unattended=True).executable_path == chosen
    with pytest.raises(UsageError, match="pencere açamaz"):
        find_browser(chosen, machine())


def test_the_persons_choice_wins_over_the_shell(machine: Machine, program: Put) -> None:
    """EONAY_BROWSER is taken for unattended work too, although a shell is there."""
    program(SHELL)
    chosen = program("google-chrome")
    found = find_browser(chosen, machine(), unattended=True)
    assert (found.executable_path, found.is_shell) == (chosen, False)


@pytest.mark.parametrize(
    ("browser", "version", "name"),
    [
        (Browser("chromium", is_shell=True), "150.0.7871.100", "Chromium 150.0 (headless shell)"),
        (Browser("chrome"), "150.0.7871.100", "Google Chrome 150.0"),
        (Browser("msedge"), "149.1.2", "Microsoft Edge 149.1"),
        (Browser("chromium"), "of Ayşe Yılmaz", ""),
        (Browser("chromium"), "", ""),
    ],
)
def test_a_browser_is_named_in_a_closed_form(browser: Browser, version: str, name: str) -> None:
    """Reports name product and version and nothing else, whatever a browser says of itself."""
    assert browser.named(version) == name
    assert not name or BROWSER_NAME.fullmatch(name)


@pytest.fixture
def revision() -> str:
    """The revision of Chromium that the installed Playwright wants."""
    listed = (resources.files("playwright") / "driver" / "package" / "browsers.json").read_text(encoding="utf-8")
    return next(str(entry["revision"]) for entry in json.loads(listed)["browsers"] if entry["name"] == "chromium")


def test_playwrights_own_browser_comes_next(machine: Machine, tmp_path: Path, revision: str) -> None:
    """Without a browser of the machine's own, the one that Playwright downloaded is used."""
    cache = tmp_path / "home" / ".cache" / "ms-playwright" / f"chromium-{revision}"
    cache.mkdir(parents=True)
    (cache / "INSTALLATION_COMPLETE").touch()
    options = find_browser(system=machine()).launch_options()
    assert options["channel"] == "chromium"
    assert "executable_path" not in options


def test_an_unfit_download_does_not_count(machine: Machine, tmp_path: Path, revision: str) -> None:
    """A download that was broken off, or that belongs to another Playwright, is no browser."""
    (tmp_path / "browsers" / f"chromium-{revision}").mkdir(parents=True)
    (tmp_path / "browsers" / "chromium-1").mkdir()
    (tmp_path / "browsers" / "chromium-1" / "INSTALLATION_COMPLETE").touch()
    with pytest.raises(SetupError):
        find_browser(system=machine(env={"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "browsers")}))


@pytest.mark.parametrize("name", ["snap/bin/chromium", "chromium-browser"])
def test_a_snap_is_the_last_choice(machine: Machine, program: Put, tmp_path: Path, name: str) -> None:
    """A Chromium in a snap, also behind Ubuntu's script, is used only where there is no other."""
    snap = program(name, "exec /snap/bin/chromium")
    if "/" in name:
        (tmp_path / "usr" / "bin" / "chromium").symlink_to(snap)
    assert find_browser(system=machine()).kind == "chromium"
    edge = program("opt/microsoft/msedge/msedge")
    assert find_browser(system=machine()).executable_path == edge
    edge.unlink()
    real = program("usr/lib/chromium/chromium")
    assert find_browser(system=machine()).executable_path == real


def test_the_persons_choice_wins(machine: Machine, program: Put) -> None:
    """A browser that the person names is taken, whatever else is there."""
    program("google-chrome")
    chosen = program("opt/my edge/msedge")
    found = find_browser(chosen, machine())
    assert (found.kind, found.executable_path) == ("msedge", chosen)


def test_a_wrong_choice_is_a_usage_error(machine: Machine, program: Put, tmp_path: Path) -> None:
    """A browser that doesn't exist is never silently replaced by another."""
    program("google-chrome")
    with pytest.raises(UsageError, match="EONAY_BROWSER"):
        find_browser(tmp_path / "no such browser", machine())


def test_no_browser_is_a_catalogue_error(machine: Machine) -> None:
    """Without any browser the error says so by its code."""
    with pytest.raises(SetupError) as caught:
        find_browser(system=machine())
    assert caught.value.code == "browser_missing"


@pytest.mark.parametrize(("euid", "sandboxed"), [(0, False), (1000, True), (None, True)])
@pytest.mark.parametrize("explicit", [False, True])
def test_only_root_goes_without_the_sandbox(
    machine: Machine, program: Put, euid: int | None, sandboxed: bool, explicit: bool
) -> None:
    """`--no-sandbox` is given as root and never otherwise, by Playwright's own defaults neither."""
    path = program("google-chrome")
    options = find_browser(path if explicit else None, machine(euid=euid)).launch_options("--lang=tr")
    assert options["chromium_sandbox"] is sandboxed
    assert ("--no-sandbox" in options["args"]) is not sandboxed
    assert options["args"][-1] == "--lang=tr"


@pytest.mark.parametrize(
    ("system", "room", "used"),
    [("linux", 2 << 30, True), ("linux", 64 << 20, False), ("linux", None, False), ("windows", 2 << 30, False)],
)
def test_shared_memory_is_used_where_there_is_room(
    machine: Machine, program: Put, monkeypatch: pytest.MonkeyPatch, system: str, room: int | None, used: bool
) -> None:
    """Pages' pixels stay in memory where /dev/shm is large enough; a small container's is left alone."""

    def usage(path: Path) -> SimpleNamespace:
        if room is None or path.parts[-2:] != ("dev", "shm"):
            raise FileNotFoundError(path)
        return SimpleNamespace(free=room)

    monkeypatch.setattr("assistant.setup.browser.disk_usage", usage)
    options = find_browser(program("google-chrome"), machine(os=system)).launch_options()
    assert options.get("ignore_default_args") == (["--disable-dev-shm-usage"] if used else None)


@pytest.mark.parametrize("unattended", [False, True])
def test_the_browser_of_this_machine_starts(playwright: Playwright, unattended: bool) -> None:
    """What is found here can be started with the options given, and shows a page."""
    found = find_browser(unattended=unattended)
    browser = playwright.chromium.launch(**found.launch_options())
    try:
        assert BROWSER_NAME.fullmatch(found.named(browser.version))
        page = browser.new_page()
        page.set_content("<h1>İŞLEMLER</h1>")
        assert page.inner_text("h1") == "İŞLEMLER"
    finally:
        browser.close()


def test_a_browser_is_only_data() -> None:
    """Options made from the same browser don't share their list of arguments."""
    browser = Browser("chrome", args=("--no-sandbox",))
    browser.launch_options()["args"].append("--other")
    assert browser.launch_options()["args"] == ["--no-sandbox"]


PAGE = """<h1>İĞÜŞ</h1><a id="d" href="/app.jnlp">d</a><button onclick="alert('İmza')">a</button>
<iframe src="http://other.localhost/inner"></iframe>"""


@pytest.mark.skipif(find_shell(System.current()) is None, reason="chromium-headless-shell is not installed")
@pytest.mark.parametrize("choice", ["shell", "full"])
def test_unattended_work_needs_nothing_that_one_browser_lacks(playwright: Playwright, choice: str) -> None:
    """Downloads, dialogs, frames, the clipboard, windows of pages, moving pictures and PDF work in both alike.

    The one difference that is known, and that no page of the portal meets: the shell downloads a PDF file that the
    other shows.
    """
    browser = playwright.chromium.launch(**find_browser(choice, unattended=True).launch_options())
    try:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        context.route("**/*", lambda route: route.fulfill(body=PAGE, content_type="text/html; charset=utf-8"))
        attached = {"content-disposition": "attachment; filename=app.jnlp"}
        context.route("**/app.jnlp", lambda route: route.fulfill(body="<jnlp/>", headers=attached))
        context.route("**/inner", lambda route: route.fulfill(body="inside", content_type="text/html"))
        page = context.new_page()
        page.goto("http://localhost/")
        with page.expect_download() as download:
            page.click("#d")
        assert download.value.suggested_filename == "app.jnlp"
        told: list[str] = []

        def answer(dialog: Dialog) -> None:
            told.append(dialog.message)
            dialog.accept()

        page.once("dialog", answer)
        page.click("button")
        assert told == ["İmza"]
        assert page.frame_locator("iframe").locator("body").inner_text() == "inside"
        page.evaluate("navigator.clipboard.writeText('968121968799342')")
        assert page.evaluate("navigator.clipboard.readText()") == "968121968799342"
        with page.expect_popup() as popup:
            page.evaluate("void window.open('/')")
        assert popup.value.inner_text("h1") == "İĞÜŞ"
        session = context.new_cdp_session(page)
        with page.expect_event("console") as _drawn:
            session.on("Page.screencastFrame", lambda _: page.evaluate("void console.log('frame')"))
            session.send("Page.startScreencast", {"format": "jpeg"})
        pdf = page.pdf(tagged=True, outline=True)
        assert pdf.startswith(b"%PDF")
        context.route("**/form.pdf", lambda route: route.fulfill(body=pdf, content_type="application/pdf"))
        page.set_content("<a href='http://localhost/form.pdf'>p</a>")
        if choice == "shell":
            with page.expect_download():
                page.click("a")
        else:
            page.click("a")
            page.wait_for_url("**/form.pdf")
    finally:
        browser.close()
