"""A page that gives the consent and says that it is there contradicts itself; saying that there is none is plain."""

from __future__ import annotations

import pytest

from flows import portal_look
from flows.existing import says_given, says_gone, says_not_given, statuses
from flows.plain import is_plain
from flows.statement import read_statement
from tests.assistant.cases.fresh_again import FRESH_AGAIN
from tests.assistant.cases.fresh_third import FRESH_THIRD
from tests.assistant.cases.wordings import BOILERPLATE, PLAIN
from tests.flows import pages
from tests.flows.conftest import Stage

pytestmark = pytest.mark.looks_only

LOOK = portal_look()
GIVEN = [
    "E-Onayınız aktiftir",
    "Hâlihazırda geçerli bir E-Onayınız bulunmaktadır.",
    "E-Onay: Aktif",
    "NES 1: E-Onay: Var",
    "E-ONAY VERİLMİŞTİR",
    "E-Onayınız zaten mevcut.",
    "Yapılan incelemede adınıza kayıtlı bir E-Onay bulunduğu tespit edilmiştir.",
    "Tarafınızca 12/03/2024 tarihinde E-Onay verilmiş olup hâlen yürürlüktedir.",
    "12.03.2024 tarihinde E-Onay vermiştiniz.",
    "E-Onayınız kayıtlıdır, yeniden vermenize gerek yoktur.",
]
MISSING = [
    "E-Onayınız sistemimizde mevcut değildir.",
    "Yapılan incelemede adınıza kayıtlı bir E-Onay bulunmadığı tespit edilmiştir.",
    "E-Onay: Yok",
    "E-Onay kaydınıza rastlanmadı.",
]
NEITHER = [
    "Bu ay 4.318 E-Onay alınmıştır.",
    "C: E-Onayınız kayıtlıdır, ekranı kapatabilirsiniz.",
    "Bu cümle çıkıyorsa E-Onayınız vardır.",
    "İmzadan sonra E-Onayınız geçerlidir.",
    "E-Onay üç yıl geçerlidir.",
    "E-Onay hizmetimiz haftanın yedi günü açıktır.",
    "E-Onayınız var mı?",
]
DOT = "style='display:inline-block;width:20px;height:20px;background:#080'"
HINTS = [
    "<img width=24 height=24 src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' alt='{}'>",
    f"<span role=img aria-label='{{}}' {DOT}></span>",
    f"<i title='{{}}' {DOT}></i>",
    f"<div role=progressbar aria-valuetext='{{}}' {DOT}></div>",
    f"<svg width=20 height=20 {DOT}><title>{{}}</title></svg>",
]


@pytest.mark.parametrize("sentence", GIVEN)
def test_a_status_says_that_the_consent_is_there(sentence: str) -> None:
    """Whatever the words and their order, it is the reader's and it is there."""
    assert says_given(sentence)
    assert not says_not_given(sentence)


@pytest.mark.parametrize("sentence", MISSING)
def test_a_status_says_that_there_is_none(sentence: str) -> None:
    """We know every word of it."""
    assert says_not_given(sentence)
    assert says_gone(sentence)
    assert not says_given(sentence)


@pytest.mark.parametrize("sentence", [*NEITHER, *PLAIN, *BOILERPLATE, *FRESH_AGAIN, *FRESH_THIRD])
def test_help_news_and_what_comes_later_are_no_status(sentence: str) -> None:
    """Consents in general, conditions, answers and what will be so tell nothing about this reader."""
    assert not says_given(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "E-Onayınız kaldırılmıştır.",
        "E-Onayınız iptal edilmiştir.",
        "Kayıtlı E-Onayınız olmadığı için bu seçenek kapalıdır.",
    ],
)
def test_a_page_may_say_that_the_consent_is_gone(sentence: str, stage: Stage) -> None:
    """Then the withdraw sentence alone doesn't make it there."""
    assert says_gone(sentence)
    said = read_statement(stage.show(pages.eonay(pages.WITHDRAW, extra=f"<p>{sentence}</p>")), LOOK)
    assert said is not None
    assert said.state == "both"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (["E-Onay durumu", "Kayıtlı değil"], [(1, False)]),
        (["E-Onay durumu", "Kayıtlı"], [(1, True)]),
        (["E-Onay", "Sertifika", "Geçerlilik", "E-Onay", "NES", "12.03.2027", "VAR"], [(6, True)]),
        (["E-Onay", "Sertifika", "Durum", "E-Onay", "NES", "Geçerli", "Yok"], [(6, False)]),
        (["E-Onay", "Java", "Var"], []),
        (["Kart okuyucu", "Var"], []),
    ],
)
def test_a_lone_word_belongs_to_its_caption(said: list[str], found: list[tuple[int, bool]]) -> None:
    """In a list right behind it, in a table below it; the page's own heading is over everything and names nothing."""
    assert list(statuses(said, ["E-Onay"])) == found


@pytest.mark.parametrize("hint", HINTS)
def test_a_picture_a_bar_or_a_tooltip_tells_it_too(stage: Stage, hint: str) -> None:
    """A green dot whose tooltip says that the consent is there is a doubt, one that says there is none isn't."""
    for words, doubts in (("E-Onayınız aktiftir", ("E-Onayınız aktiftir",)), ("E-Onayınız yoktur", ())):
        said = read_statement(stage.show(pages.eonay(extra=hint.format(words))), LOOK)
        assert said is not None
        assert said.doubts == doubts


@pytest.mark.parametrize(
    "mark", ["<s>{}</s>", "<del>{}</del>", "<span style='text-decoration:line-through red'>{}</span>"]
)
def test_what_is_struck_through_states_nothing(stage: Stage, mark: str) -> None:
    """Neither that the consent is there nor that the reader gives it."""
    for sentence in (pages.WITHDRAW, pages.GIVE):
        assert read_statement(stage.show(pages.eonay(mark.format(sentence))), LOOK) is None


def test_what_anybody_can_rewrite_is_not_the_pages_word(stage: Stage) -> None:
    """A note that the reader can edit states nothing."""
    assert read_statement(stage.show(pages.eonay(f"<span contenteditable>{pages.GIVE}</span>")), LOOK) is None


@pytest.mark.parametrize(
    ("here", "doubts"),
    [
        ("<button role=tab aria-selected=true type=button>Onay kaldır</button>", ("Onay kaldır",)),
        ("<button role=tab aria-selected=false type=button>Onay kaldır</button>", ()),
        ("<button role=tab aria-selected=true type=button>Onay ver</button>", ()),
    ],
)
def test_the_open_tab_says_what_the_page_is_for(stage: Stage, here: str, doubts: tuple[str, ...]) -> None:
    """Of two tabs, the one that withdraws must not be the open one."""
    said = read_statement(stage.show(f"<div role=tablist>{here}</div>{pages.eonay()}"), LOOK)
    assert said is not None
    assert said.doubts == doubts


@pytest.mark.parametrize(
    ("line", "is_doubtful"),
    [
        ("Çevrimdışısınız. Önbellekteki eski sayfa gösteriliyor.", True),
        ("TEST ORTAMI: bu sayfa örnektir, gerçek durumunuzu göstermez.", True),
        ("Sayın vekil, AYŞE adına işlem yapıyorsunuz.", True),
        ("Prova ortamı, 2026. Kişiler ve bilgiler uydurmadır.", False),
        ("Test kartları bu portalda kullanılamaz.", False),
    ],
)
def test_a_page_that_is_not_about_now_or_not_about_you_is_doubtful(stage: Stage, line: str, is_doubtful: bool) -> None:
    """An old copy, a sample or somebody else's page: its own word for that, anywhere on it, goes to the person."""
    said = read_statement(stage.show(f"<p>{line}</p><hr><p>Destek: 444 5 576</p>{pages.eonay()}"), LOOK)
    assert said is not None
    assert bool(said.doubts) is is_doubtful


@pytest.mark.parametrize(
    ("sentence", "is_plain_here"),
    [
        ("Soru: Devam düğmesi ne yapar?", True),
        ("Bundan böyle başvurularınız kâğıt form olmadan alınacaktır.", True),
        ("Kâğıt form olmadan başvurunuz alınmaz.", False),
        ("Bundan böyle başvurularınız yalnızca kâğıt form ile alınacaktır.", False),
    ],
)
def test_without_paper_nothing_is_taken_away(sentence: str, is_plain_here: bool) -> None:
    """A question's heading and an end of paper are plain; a demand for paper isn't, however it is put."""
    assert is_plain(sentence) is is_plain_here
