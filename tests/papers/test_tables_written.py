import io
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from talka.papers.tables import Row, read_table, write_csv, write_xlsx

FORMULAS = [
    "=1+1",
    "+SUM(A1)",
    "-cmd|'/c calc'!A0",
    "@SUM(1)",
    "＝1+1",
    "＋A1",
    "－A1",
    "＠A1",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\ufeff=1",
    "\x00=1",
    "\u200b=1",
    "\u00a0@x",
    "+",
    "-",
    "+49 170 x",
    "-2+3+cmd",
    "\ttab first",
]
HARMLESS = [
    "-5.20",
    "+49 170 1234",
    "+49 (170) 12-34",
    "1,234.50",
    "-1e5",
    "a=b",
    "x",
    "",
    "2026-02-01",
    "+5",
]


def cells_of(csv_bytes: bytes) -> list[str]:
    return [row.cells["h"] for row in read_table(csv_bytes, "t.csv")]


def sheet_of(data: bytes, title: str = "S"):
    return load_workbook(io.BytesIO(data))[title]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_in_a_csv_gets_an_apostrophe(text):
    line = write_csv(["h"], [[text]]).decode("utf-8-sig").split("\r\n", 1)[1]
    assert line.lstrip('"')[0] == "'"


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_and_telephone_numbers_stay_as_they_are_in_a_csv(text):
    assert (
        write_csv(["h"], [[text, "x"]])
        == "\ufeffh\r\n{},x\r\n".format(f'"{text}"' if "," in text else text).encode()
    )


def test_a_csv_writes_dates_numbers_and_nothing_plainly():
    row = [date(2026, 2, 1), datetime(2026, 2, 1, 9, 30, tzinfo=UTC), Decimal("-5.20"), -3, 2.5, True, None]
    expected = "\ufeffa\r\n2026-02-01,2026-02-01T09:30:00+00:00,-5.20,-3,2.5,true,\r\n"
    assert write_csv(["a"], [row]).decode() == expected


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)
    | st.sampled_from(FORMULAS + HARMLESS)
)
def test_what_a_csv_carries_comes_back_as_it_was(text):
    expected = text.replace("\x00", "").replace("\ufffe", "").replace("\uffff", "").strip()
    assert cells_of(write_csv(["h", "k"], [[text, "kept"]])) == [expected]


@pytest.mark.parametrize("text", [*FORMULAS, '=HYPERLINK("http://x","y")', "'=already", "a\x0b\x1fb\ud800"])
def test_text_in_a_workbook_is_never_a_formula(text):
    cell = sheet_of(write_xlsx({"S": (["=h"], [[text]])}))["A2"]
    assert cell.data_type == "s"


def test_a_workbook_marks_formula_like_text_so_that_editing_keeps_it_text():
    sheet = sheet_of(write_xlsx({"S": (["h"], [["=1+1"], ["plain"]])}))
    assert [sheet["A2"].quotePrefix, sheet["A3"].quotePrefix] == [True, False]


def test_a_workbook_holds_typed_values():
    row = [date(2026, 2, 1), Decimal("5.20"), -3, True, time(9, 30), "+49 170 1234", None, float("nan")]
    sheet = sheet_of(write_xlsx({"S": ([str(n) for n in range(8)], [row])}))
    assert [cell.value for cell in sheet[2]] == [
        datetime.fromisoformat("2026-02-01"), 5.2, -3, True, time(9, 30), "+49 170 1234", None, "nan",
    ]  # fmt: skip


def test_a_workbook_writes_a_zoned_time_as_its_own_clock_shows_it():
    moment = datetime(2026, 2, 1, 9, 30, tzinfo=UTC)
    assert sheet_of(write_xlsx({"S": (["h"], [[moment]])}))["A2"].value == datetime.fromisoformat(
        "2026-02-01T09:30"
    )


def test_a_number_too_long_for_a_spreadsheet_stays_exact_as_text():
    assert (
        sheet_of(write_xlsx({"S": (["h"], [[12345678901234567890]])}))["A2"].value == "12345678901234567890"
    )


def test_the_header_of_a_sheet_is_bold_and_stays_in_sight():
    sheet = sheet_of(write_xlsx({"S": (["h"], [["x" * 500]])}))
    assert (sheet["A1"].font.bold, sheet.freeze_panes, sheet.column_dimensions["A"].width) == (True, "A2", 60)


def test_titles_of_sheets_are_mended_and_never_clash():
    long = "a" * 40
    titles = load_workbook(
        io.BytesIO(
            write_xlsx(
                {
                    "x/y": (["h"], []),
                    "X?Y": (["h"], []),
                    "": (["h"], []),
                    long: (["h"], []),
                    long + "b": (["h"], []),
                }
            )
        )
    ).sheetnames
    assert titles == ["x y", "X Y 2", "1", "a" * 31, "a" * 29 + " 2"]


def test_a_workbook_without_sheets_can_still_be_opened():
    assert load_workbook(io.BytesIO(write_xlsx({}))).sheetnames == ["1"]


def test_a_workbook_comes_back_as_it_was():
    data = write_xlsx({"S": (["Name", "On"], [["=Ada", date(2026, 2, 1)], ["Bo", None]])})
    assert read_table(data, "t.xlsx") == [
        Row(2, {"Name": "=Ada", "On": "2026-02-01"}),
        Row(3, {"Name": "Bo", "On": ""}),
    ]
