import io
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from talka.papers.charts import Bar, bar_chart
from talka.papers.pdf import write_pdf

HOUSE = Path(__file__).parents[2]
LETTER = {
    "lang": "en",
    "dir": "ltr",
    "title": "Letter of invitation",
    "sender": {"name": "CEE Hub", "lines": ["Tuwima 95", "Łódź"]},
    "recipient": ["Embassy of Poland", "Yerevan"],
    "dated": "Łódź, 1 March 2026",
    "greeting": "Dear Sir or Madam,",
    "paragraphs": ["We invite the person named below."],
    "facts": [["Invited", "Անի Գրիգորյան"], ["Host", "Wikimedia Polska"], ["Purpose", "Peer learning"]],
    "programme": {"heading": "Programme", "header": ["Day", "What"], "rows": [["4 May", "Archive tour"]]},
    "closing": "Yours faithfully,",
    "signatory": {"name": "Cleo", "lines": ["Coordinator"]},
}
REPORT = {
    "lang": "ar",
    "dir": "rtl",
    "title": "تقرير الأثر",
    "period": "2026",
    "summary": ["خلاصة"],
    "figures": {"heading": "أرقام", "header": ["اسم", "رقم"], "rows": [["زيارات", "12"]]},
    "tables": [
        {
            "title": "دول",
            "header": ["بلد", "عدد"],
            "rows": [["أرمينيا", "3"]],
            "numbers": [1],
            "note": "ملاحظة",
        }
    ],
    "charts": [
        {
            "title": "رسم",
            "alt": "زيارات: 12",
            "svg": bar_chart([Bar("زيارات", 12)], title="t", description="d", key="k"),
        }
    ],
    "stories": {"heading": "قصص", "items": [{"title": "قصة", "paragraphs": ["نص"], "attribution": "Ada"}]},
    "notes": ["n"],
}
MARKUP = [
    "#sym.alpha *bold* _x_ $x^2$",
    "#panic()",
    '"); #read("/etc/passwd")',
    "= Heading",
    "\\u{41} `raw` @ref <label>",
    "// x",
]


@pytest.fixture(scope="module")
def font_folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    for font in (HOUSE / "node_modules/@expo-google-fonts").glob("*/*/*_[47]00*[rd].ttf"):
        shutil.copy(font, folder)
    return folder


@pytest.fixture(scope="module")
def write(font_folder):
    def write(source: str, data: dict) -> bytes:
        return write_pdf(source, data=data, font_folder=font_folder)

    return write


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def standard(pdf: bytes) -> tuple[bool, bool]:
    """Say whether the paper is tagged, and whether it claims PDF/UA."""
    return PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/MarkInfo"]["/Marked"], b"pdfuaid" in pdf


def languages(pdf: bytes) -> set[str]:
    """Collect the languages that a paper tells a screen reader."""
    reader = PdfReader(io.BytesIO(pdf))
    objects = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    return {found["/Lang"] for found in objects if isinstance(found, dict) and "/Lang" in found}


def test_a_letter_says_who_is_invited_and_is_accessible(write):
    pdf = write("letter_of_invitation", LETTER)
    assert words(pdf) == (
        "CEE Hub Tuwima 95 Łódź Embassy of Poland Yerevan Łódź, 1 March 2026 Letter of invitation "
        "Dear Sir or Madam, We invite the person named below. Invited Անի Գրիգորյան Host Wikimedia Polska "
        "Purpose Peer learning Programme Day What 4 May Archive tour Yours faithfully, Cleo Coordinator 1 / 1"
    )
    assert standard(pdf) == (True, True)


@pytest.mark.parametrize(
    ("source", "data"),
    [("letter_of_invitation", LETTER), ("impact_report", REPORT)],
    ids=["letter", "report"],
)
def test_a_paper_has_its_title_and_language_and_no_date(write, source, data):
    reader = PdfReader(io.BytesIO(write(source, data)))
    assert (reader.metadata.title, reader.trailer["/Root"]["/Lang"]) == (data["title"], data["lang"])
    assert (reader.metadata.creation_date, reader.metadata.modification_date) == (None, None)
    assert write(source, data) == write(source, data)


def test_an_arabic_report_with_a_chart_reads_from_the_right(write):
    pdf = write("impact_report", REPORT)
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/Direction"] == "/R2L"
    assert standard(pdf) == (True, True)


def test_words_in_another_language_are_marked_and_read_in_it(write):
    words_in_english = {"text": "Which way?", "lang": "en", "dir": "ltr", "mark": "الإنجليزية"}
    table = REPORT["tables"][0] | {"title": words_in_english, "rows": [[words_in_english, "3"]]}
    more = {"summary": [words_in_english | {"text": "A good year."}], "summary_note": "ملاحظة"}
    pdf = write("impact_report", REPORT | {"tables": [table], **more})
    assert (words(pdf).count("Which way?"), words(pdf).count("A good year.")) == (2, 1)
    assert (languages(pdf), languages(write("impact_report", REPORT))) == ({"ar", "en"}, {"ar"})
    assert standard(pdf) == (True, True)


def test_a_chart_whose_letters_the_format_cannot_name_still_makes_a_tagged_report(write):
    chart = REPORT["charts"][0] | {"svg": bar_chart([Bar("مرحبا", 1)], title="t", description="d", key="k")}
    assert standard(write("impact_report", REPORT | {"charts": [chart]})) == (True, False)


def test_a_chart_has_its_description_in_the_paper(write):
    reader = PdfReader(io.BytesIO(write("impact_report", REPORT)))
    objects = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    assert [found["/Alt"] for found in objects if isinstance(found, dict) and "/Alt" in found] == [
        "زيارات: 12"
    ]


@pytest.mark.parametrize("text", MARKUP)
def test_text_is_never_markup(write, text):
    pdf = write("letter_of_invitation", LETTER | {"paragraphs": [text], "title": text})
    assert words(pdf).count(text) == 2


def test_a_letter_without_its_options_is_still_a_letter(write):
    short = {key: value for key, value in LETTER.items() if key != "programme"}
    assert words(write("letter_of_invitation", short)).count("Programme") == 0
    assert words(write("letter_of_invitation", LETTER)).count("Programme") == 1


def test_a_letter_that_no_font_has_leaves_a_gap_and_not_an_error(write):
    pdf = write("letter_of_invitation", LETTER | {"dated": "漢字 😀"})
    assert standard(pdf) == (True, False)


def test_characters_that_no_paper_can_hold_are_left_out(write):
    pdf = write("letter_of_invitation", LETTER | {"dated": "Łódź\x00\x07\x1b\ud800\ufffe, 1 March 2026"})
    assert pdf == write("letter_of_invitation", LETTER)
    assert standard(pdf) == (True, True)


@pytest.mark.parametrize("language", ["en", "pt-br", "be-tarask", "simple", "", "x-!"])
def test_any_code_of_a_language_makes_a_paper(write, language):
    assert write("letter_of_invitation", LETTER | {"lang": language})[:5] == b"%PDF-"


@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=40))
def test_any_text_makes_a_paper(write, text):
    data = LETTER | {"title": "t" + text, "paragraphs": [text], "facts": [[text, text]], "greeting": text}
    assert write("letter_of_invitation", data)[:5] == b"%PDF-"


@pytest.mark.parametrize("source", ["nothing", "../pdf", "", "/etc/passwd", "letter_of_invitation.typ"])
def test_a_paper_that_does_not_exist_is_refused(write, source):
    with pytest.raises(FileNotFoundError, match="There is no paper called"):
        write(source, LETTER)


def test_a_folder_without_fonts_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="There are no fonts in"):
        write_pdf("letter_of_invitation", data=LETTER, font_folder=tmp_path)


def test_data_that_is_not_plain_is_refused(write):
    with pytest.raises(TypeError, match="plain data only, not object"):
        write("letter_of_invitation", LETTER | {"title": object()})
