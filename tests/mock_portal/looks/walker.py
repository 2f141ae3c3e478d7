"""A person at a browser who goes by what the page shows, whatever draws it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from mock_portal import Portal
from tests.mock_portal.online_visitor import ticket_for

CODE = """() => {
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.matches("[data-code]")) return element.value || element.textContent;
      const found = element.shadowRoot && walk(element.shadowRoot);
      if (found) return found;
    }
  };
  return walk(document);
}"""
SETTLED = """() => {
  const moves = (animation) => animation.playState === "running" && animation.effect.getComputedTiming().endTime < Infinity;
  return !document.querySelector("[aria-busy], ks-app[busy]") && !document.getAnimations().some(moves);
}"""
_CLOSING = ("Kapat", "Tamam", "Daha Sonra", "Reddet")


@dataclass
class Walker:
    """Somebody who walks through the portal's pages."""

    page: Page
    portal: Portal

    def arrive(self) -> None:
        """See the landing page and then the next one, which leads to the gateway."""
        self.page.goto(f"{self.portal.origin('onlineislemler')}/landing")
        self.closed()
        self.press("e-Devlet ile Giriş")
        expect(self.words("E-devlet kapısına git")).to_be_visible()

    def enter(self, person: str) -> None:
        """Come back from the gateway as *person* and land on the home page."""
        self.page.goto(f"{self.portal.origin('onlineislemler')}/oturum?ticket={ticket_for(self.portal, person)}")
        expect(self.words("Hoş geldiniz. Yapmak istediğiniz işlemi seçiniz.")).to_be_visible()

    def to_tiles(self) -> None:
        """Go from the home page to the tiles."""
        if self.portal.edition == "2020":
            self.press("NES İŞLEMLERİ")
        else:
            self.press("NES İşlemleri")
            self.press("Bireysel İşlemler")
        expect(self.words("Askıdan İndirme")).to_be_visible()

    def to_consent(self) -> None:
        """Go from the tiles to the E-Onay screen."""
        self.press("E-Onay İşlemleri")
        expect(self.words("taahhüt eder.", exact=False)).to_be_visible()

    def mark(self, words: str) -> None:
        """Tick the box or answer for *words*, on its drawing or on its words."""
        self.closed()
        self.words(words, exact=False).click(position={"x": 4, "y": 4})

    def press(self, words: str) -> None:
        """Wait until nothing lies over it, then press what says *words*, or the link stretched over its card."""
        self.closed()
        shown = self.words(words)
        over = shown.locator("xpath=ancestor::*[contains(@class, 'card-body')][1]//a[contains(@class, 'stretched')]")
        (over if over.count() else shown).click()
        self.settled()

    def code(self) -> str:
        """Return the verification code on the page."""
        expect(self.words("Kalan süre:", exact=False)).to_be_visible()
        return str(self.page.evaluate(CODE)).strip()

    def words(self, words: str, *, exact: bool = True) -> Locator:
        """Return whatever shows *words* in the page's own content. The value of a submit button counts."""
        shown = self.page.get_by_text(words, exact=exact).or_(self.page.locator(f'input[type=submit][value="{words}"]'))
        return shown.locator("visible=true").first

    def closed(self) -> None:
        """Close everything over the page that is meant to be closed."""
        self.settled()
        layer = self.page.locator("[data-notice]")
        if layer.count() and not self._known(layer):
            expect(layer).to_be_visible()
        for words in _CLOSING:
            for control in self.page.get_by_role("button", name=words, exact=True).all():
                if control.is_visible():
                    control.click()
                    expect(control).to_be_hidden()

    def _known(self, layer: Locator) -> bool:
        name = str(layer.get_attribute("data-notice")).split(" ")[0]
        return f"{name}=" in str(self.page.evaluate("document.cookie"))

    def settled(self) -> None:
        """Wait until nothing is being fetched or drawn, and everything has finished fading in or out."""
        self.page.wait_for_function(SETTLED)
