"""We believe what the E-Onay page itself states. A quote states nothing, and nothing goes along unread."""

from __future__ import annotations

import pytest

from flows import portal_look
from flows.statement import Statement, read_statement
from tests.flows import pages
from tests.flows.conftest import Stage

pytestmark = pytest.mark.looks_only

LOOK = portal_look()
BROKEN = pages.GIVE.replace("kullanabilmek", "<br>kullanabilmek").replace("onay veriyorum", "<br>onay <b>veriyorum</b>")
WITHDRAW = "Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum."


def _state(stage: Stage, body: str) -> Statement | None:
    return read_statement(stage.show(body), LOOK)


QUOTATIONS = [
    f"<h1>Online İşlemler</h1><p role=note>Yardım: ekranda “{WITHDRAW}” yazıyorsa E-Onayınız vardır.</p><a href=/n>NES İşlemleri</a>",
    f"<h1>E-Onay İşlemleri</h1><p>Ekranda şu cümle görünür: {WITHDRAW}</p><button>Devam</button>",
    f"<h1>E-Onay İşlemleri</h1><blockquote>“{WITHDRAW}”</blockquote><button>Devam</button>",
    f"<h1>E-Onay İşlemleri</h1><q>{WITHDRAW}</q><button>Devam</button>",
    "<h1>E-Onay</h1><p>Daha önce vermiş olduğum E-Onayı kaldırmak istiyorum ifadesi görünür.</p><button>Devam</button>",
    f"<h1>Sıkça sorulanlar</h1><h2>E-Onay nedir?</h2><ul><li>{WITHDRAW}</li></ul><a href=/n>NES İşlemleri</a>",
    f"<h1>Haberler</h1><p>{WITHDRAW}</p><button>Devam</button>",
]


@pytest.mark.parametrize("body", QUOTATIONS)
def test_a_quotation_states_nothing(stage: Stage, body: str) -> None:
    """A help text, a FAQ or another page may quote the sentence. That says nothing about the consent."""
    assert _state(stage, body) is None


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (pages.eonay(), "missing"),
        (pages.eonay(shape="checkbox"), "missing"),
        (pages.eonay(pages.WITHDRAW), "given"),
        (pages.eonay(pages.WITHDRAW, "radio"), "given"),
        (pages.eonay(extra=f"<p>{pages.WITHDRAW}</p>"), "both"),
        (f"<h2>E-Onay</h2><p>{WITHDRAW}</p>", "given"),
        (f"<h2>E-Onay</h2><p>{BROKEN}</p><a href=/d>Devam</a>", "missing"),
        (f"<h2>E-Onay</h2><p>{pages.INTRO} {pages.GIVE}</p><a href=/d>Devam</a>", "missing"),
    ],
)
def test_the_page_itself_states_the_consent(stage: Stage, body: str, state: str) -> None:
    """As text, as a label, over two lines or after the intro: the sentence of the block gives the state."""
    said = _state(stage, body)
    assert said is not None
    assert said.state == state
    assert said.doubts == ()


RIDERS = [
    "<label><input type=checkbox checked> Kullandığım sertifika başvurumla birlikte iptal edilsin.</label>",
    "<label><input type=checkbox required> Sözleşmeyi okudum.</label>",
    "<label><input type=checkbox> E-Onayımı sonlandırmak istiyorum</label>",
    "<label><input type=radio name=x checked> E-Onaylı başvurudan vazgeçiyorum</label>",
    "<p>Mevcut sertifikamın iptalini talep ediyorum.</p>",
    "<p>Devam ederek kampanya iletilerini kabul etmiş olursunuz.</p>",
    "<p>Bu işlem için 150 TL alınır.</p>",
    "<p>Emin misiniz?</p>",
    "<p>Kartım yenilensin.</p>",
    "<p>Yenileme: Evet</p>",
    "<dl><dt>Yenileme</dt><dd>Evet</dd></dl>",
    "<table><tr><th>Kart</th><th>Yenileme</th></tr><tr><td>4A5F12</td><td>Evet</td></tr></table>",
]


@pytest.mark.parametrize("rider", RIDERS)
@pytest.mark.parametrize("whole_page_form", [False, True])
def test_what_rides_along_is_the_persons_to_read(stage: Stage, rider: str, whole_page_form: bool) -> None:
    """The person first sees a ticked box, a wish, a price or a question between the sentence and Devam."""
    body = pages.eonay(extra=rider)
    if whole_page_form:
        body = f"<form>{body.replace('<form', '<div').replace('</form>', '</div>')}</form>"
    said = _state(stage, body)
    assert said is not None
    assert len(said.doubts) == 1


HARMLESS = [
    "<p>Başvurunuz elektronik olarak alınır, kâğıt gönderilmez.</p>",
    "<label><input type=checkbox> Kampanya ve duyurular için ileti almak istiyorum.</label>",
    "<label><input type=radio name=x> Şimdilik E-Onaylı başvuruyu kullanmak istemiyorum.</label>",
    "<a href=/i>Sertifikamı İptal Et</a>",
    "<button type=button>Vazgeç</button>",
    "<p>Tercihiniz</p>",
    "<p>Ad Soyad <input readonly value='Onay Yılmaz'></p>",
    "<p>E-Onay durumu: <input disabled value='Verilmemiş'></p>",
    "<p>Sertifika geçerli: Evet</p>",
    "<dl><dt>Teslimat</dt><dd>Kurum</dd><dt>E-imza</dt><dd>Var</dd></dl>",
    "<table><tr><th>Kart</th><th>Geçerli</th></tr><tr><td>4A5F12</td><td>Evet</td></tr></table>",
    "<div style='cursor:pointer'><b>Sertifikamı İptal Et</b><p>Sertifikanızı tekrar kullanılmayacak şekilde iptal etmek için tıklayınız.</p></div>",
]


_IN_A_FIELD = {
    "labelled": "<label for=d>E-Onay Durumu</label> <input id=d readonly value='Verilmiş'>",
    "beside": "<div>E-Onay Durumu</div><div><input disabled value='Aktif'></div>",
    "alone": "<p><input readonly value='E-Onayınız aktiftir' size=30></p>",
    "in a fieldset": "<fieldset disabled>E-Onay durumu: <input value='Var'></fieldset>",
    "long": "<textarea readonly>E-Onayınız 12.03.2024 tarihinde alınmıştır.</textarea>",
}


@pytest.mark.parametrize("status", _IN_A_FIELD.values(), ids=_IN_A_FIELD)
def test_a_status_in_a_field_that_nobody_can_write_into_is_read(stage: Stage, status: str) -> None:
    """It may say that the consent is there already: then the person decides."""
    said = _state(stage, status + pages.eonay())
    assert said is not None
    assert (said.state, len(said.doubts)) == ("missing", 1)


@pytest.mark.parametrize("neighbour", HARMLESS)
def test_plain_neighbours_raise_no_doubt(stage: Stage, neighbour: str) -> None:
    """A description, an empty box about something else and the labels of other controls raise no doubt."""
    said = _state(stage, pages.eonay(extra=neighbour))
    assert said is not None
    assert (said.state, said.doubts) == ("missing", ())


@pytest.mark.parametrize(
    "elsewhere",
    ["<h3>E-Onayımı sonlandırmak istiyorum</h3>", "<footer>E-Onayınızı dilediğinizde kaldırabilirsiniz.</footer>"],
)
def test_withdrawing_anywhere_on_the_page_is_shown(stage: Stage, elsewhere: str) -> None:
    """Far from Devam, only words about withdrawing count. Those do."""
    said = _state(stage, f"{pages.eonay()}<hr><p>Destek: 444 5 576</p>{elsewhere}")
    assert said is not None
    assert len(said.doubts) == 1


def test_right_beside_a_block_without_a_box_is_within_it(stage: Stage) -> None:
    """If only the page itself holds the sentence and Devam, we also read one line before and one line after."""
    rider, far = "<p>Kartınız bloke edilir.</p>", "<p>Destek: 444 5 576</p>"
    block = f"<h1>E-Onay İşlemleri</h1>{{}}<p>{pages.GIVE}</p><button>Devam</button>{{}}"
    for before, behind, doubts in ((rider, "", 1), ("", rider, 1), ("", far + rider, 0)):
        said = _state(stage, block.format(before, behind))
        assert said is not None
        assert len(said.doubts) == doubts


@pytest.mark.parametrize("devam", ["<input type=submit value=Devam>", "<button>Devam</button>", "<a href=/d>Devam</a>"])
@pytest.mark.parametrize("tag", ["label", "span", "b", "x-note"])
def test_what_stands_in_one_line_with_devam_is_read(stage: Stage, devam: str, tag: str) -> None:
    """Before the button or after it, we read the whole line, even if no box holds the two together."""
    rider = f"<{tag}>Devam ettiğinizde yeni bir sertifika başvurusu oluşturulur.</{tag}>"
    for line in (f"{devam} {rider}", f"{rider} {devam}", f"<i>{devam}</i> {rider} <a href=/y>Yardım</a>"):
        said = _state(stage, f"<h1>E-Onay İşlemleri</h1><p>{pages.GIVE}</p>{line}")
        assert said is not None
        assert len(said.doubts) == 1, line


@pytest.mark.parametrize("field", ["<textarea readonly>Sayfa iki bölümden oluşur.</textarea>", "<input name=not>"])
def test_the_words_of_a_button_are_no_label_of_the_field_behind_it(stage: Stage, field: str) -> None:
    """A field right after Devam adds nothing to what Devam says."""
    said = _state(stage, f"<h1>E-Onay İşlemleri</h1><p>{pages.GIVE}</p><input type=submit value=Devam> {field}")
    assert said is not None
    assert said.doubts == ()


def test_a_lone_box_of_another_matter_is_not_the_consents(stage: Stage) -> None:
    """We only tick the box whose label is the consent sentence."""
    box = "<label><input type=checkbox> Okudum</label>"
    said = _state(stage, pages.eonay(extra=box))
    assert said is not None
    assert said.toggles == ()
    said = _state(stage, pages.eonay(shape="checkbox", extra=box))
    assert said is not None
    assert [c.names for c in said.toggles] == [(pages.GIVE,)]


_CHOICE = """<h1>E-Onay İşlemleri</h1><form><p>{intro}</p><input type=radio name=s id=r1 {on}><label for=r1>{give}</label>
<input type=radio name={group} id=r2 {off}><label for=r2>{other}</label><button type=button>Devam</button></form>"""


@pytest.mark.parametrize(
    "refusal", ["Onay vermiyorum.", "Hayır", "E-Onay vermek istemiyorum", "Hayır, onay vermiyorum."]
)
@pytest.mark.parametrize("on", ["", "checked"])
def test_the_refusal_that_is_not_chosen_raises_no_doubt(stage: Stage, refusal: str, on: str) -> None:
    """Of two radio buttons in one group the other one says no, and takes nothing back."""
    page = _CHOICE.format(intro=pages.INTRO, give=pages.GIVE, on=on, off="", group="s", other=refusal)
    said = _state(stage, page)
    assert said is not None
    assert (said.state, said.doubts) == ("missing", ())


@pytest.mark.parametrize(
    ("other", "group", "off"),
    [
        ("Onay vermiyorum.", "s", "checked"),
        ("Onay vermiyorum.", "t", "checked"),
        ("E-Onayımın iptalini istiyorum.", "s", ""),
        ("Sertifikamın iptalini istiyorum.", "s", ""),
    ],
)
def test_any_other_choice_is_a_doubt(stage: Stage, other: str, group: str, off: str) -> None:
    """A refusal that is chosen, and another radio button that ends something, are the person's to read."""
    page = _CHOICE.format(intro=pages.INTRO, give=pages.GIVE, on="", off=off, group=group, other=other)
    said = _state(stage, page)
    assert said is not None
    assert said.doubts


def test_a_button_may_be_described_by_the_consent(stage: Stage) -> None:
    """Markup for screen readers ties Devam to the sentence that it is about; any other description is read."""
    page = "<h1>E-Onay İşlemleri</h1><p id=i>{intro}</p><p id=d>{give}</p><p hidden id=e>{more}</p><button aria-describedby='i d e'>Devam</button>"
    for more, doubts in (("", 0), ("Devam ile kartınız iptal edilir.", 1)):
        said = _state(stage, page.format(intro=pages.INTRO, give=pages.GIVE, more=more))
        assert said is not None
        assert len(said.doubts) == doubts


@pytest.mark.parametrize(
    ("footer", "doubts"),
    [
        ("Sertifika iptal işlemleriniz için 7/24 çağrı merkezimizi arayabilirsiniz.", 0),
        ("Sertifikasını iptal ettirmek isteyenler 444 5 576 numaralı telefonu arayabilirsiniz.", 0),
        ("Bu ekrandan E-Onayını kaldırmak isteyenler için çağrı merkezimizi arayabilirsiniz.", 1),
        ("Sertifikanız iptal edilecektir, bilgi için çağrı merkezimizi arayınca öğrenirsiniz.", 1),
    ],
)
def test_whom_to_call_about_something_else_raises_no_doubt(stage: Stage, footer: str, doubts: int) -> None:
    """Far from Devam a page may say whom to call about a revocation, if not about what this page does."""
    said = _state(stage, f"{pages.eonay()}<hr><p>Destek: 444 5 576</p><footer><p>{footer}</p></footer>")
    assert said is not None
    assert len(said.doubts) == doubts
