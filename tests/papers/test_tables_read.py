import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from talka.papers.tables import Row, UnreadableTable, read_table

SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def refusal(data: bytes, name: str = "t.csv", **limits) -> tuple[str, dict]:
    with pytest.raises(UnreadableTable) as caught:
        read_table(data, name, **limits)
    return caught.value.key, caught.value.values


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_the_encodings_and_with_the_delimiters_of_spreadsheets(encoding, delimiter):
    text = f"Name{delimiter}Città\r\nZoë{delimiter}Forlì\r\n"
    assert read_table(text.encode(encoding), "t.csv") == [Row(2, {"Name": "Zoë", "Città": "Forlì"})]


def test_lines_are_counted_as_in_the_file_with_blank_lines_and_breaks_inside_cells():
    data = b'\r\nname,note\r\n\r\nAda,"two\r\nlines"\r\n ,\r\nBo,\r\n'
    assert read_table(data, "T.CSV") == [
        Row(4, {"name": "Ada", "note": "two\r\nlines"}),
        Row(7, {"name": "Bo", "note": ""}),
    ]


def test_the_hint_of_excel_on_its_delimiter_is_obeyed():
    assert read_table(b"sep=;\r\na;b\r\n1,5;2\r\n", "t.csv") == [Row(3, {"a": "1,5", "b": "2"})]


def test_empty_columns_at_the_end_are_left_out():
    assert read_table(b"a,b,,\n1,2,,\n", "t.csv") == [Row(2, {"a": "1", "b": "2"})]


def test_a_workbook_counts_its_blank_rows():
    data = workbook(["Name", "Number"], [], ["Ada", 3.0], ["Bo", 2.5])
    assert read_table(data, "t.xlsx") == [
        Row(3, {"Name": "Ada", "Number": "3"}),
        Row(4, {"Name": "Bo", "Number": "2.5"}),
    ]


@pytest.mark.parametrize(
    ("data", "key", "values"),
    [
        (b"", "table.empty", {}),
        (b"\xef\xbb\xbf \r\n,,\r\n", "table.empty", {}),
        (b"1,2\r\n3,4\r\n", "table.no_header", {"line": 1}),
        (b"Name,name \r\nx,y\r\n", "table.duplicate_header", {"header": "name"}),
        (b"a,,c\r\n1,2,3\r\n", "table.unnamed_column", {"line": 2, "column": 2}),
        (b"a,b\r\n1,2,3\r\n", "table.unnamed_column", {"line": 2, "column": 3}),
        (b'a,b\r\n1,2\r\n"never closed,3\r\n', "table.broken_line", {"line": 3}),
        (b"a\r\n" + b"x" * 200_000, "table.broken_line", {"line": 2}),
        (b"a" + b",b" * 300, "table.too_many_columns", {"limit": 200}),
        (b"a,b\x00\x00\x00\x01c\r\n", "table.not_a_spreadsheet", {}),
        (b"\x89PNG\r\n\x1a\n\x81\x8d", "table.not_a_spreadsheet", {}),
        (b"sep=x\r\naxb\r\n", "table.broken_line", {"line": 1}),
        (b"PK\x03\x04 no archive", "table.not_a_spreadsheet", {}),
    ],
)
def test_a_table_that_cannot_be_read_says_why(data, key, values):
    assert refusal(data) == (key, values)


@pytest.mark.parametrize("name", ["t.pdf", "t.xls", "t.ods", "t", "t.xlsx"])
def test_a_file_of_another_kind_is_no_spreadsheet(name):
    assert refusal(b"a,b\r\n1,2\r\n", name) == ("table.not_a_spreadsheet", {})


def test_too_many_rows_and_too_many_bytes_are_refused():
    data = b"a\r\n" + b"x\r\n" * 4
    assert refusal(data, most_rows=3) == ("table.too_many_rows", {"limit": 3})
    assert refusal(data, most_bytes=5) == ("table.too_large", {"megabytes": 1})
    assert len(read_table(data, "t.csv", most_rows=4, most_bytes=len(data))) == 4


def test_a_workbook_with_too_many_rows_or_columns_is_refused():
    assert refusal(workbook(["a"], ["1"], ["2"]), most_rows=1) == ("table.too_many_rows", {"limit": 1})
    wide = workbook([f"c{n}" for n in range(300)])
    assert refusal(wide) == ("table.too_many_columns", {"limit": 200})


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(f"xl/{number}.xml", b"0" * (10 * 1024 * 1024))
    assert len(sink.getvalue()) < 100_000
    assert refusal(sink.getvalue(), "t.xlsx") == ("table.too_large", {"megabytes": 50})


def test_an_archive_that_holds_no_workbook_is_no_spreadsheet():
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refusal(sink.getvalue(), "t.xlsx") == ("table.not_a_spreadsheet", {})


def replaced(data: bytes, member: str, content: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))
    return sink.getvalue()


def test_a_workbook_with_exploding_entities_is_no_spreadsheet():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    whole = workbook(["a"], ["b"])
    sheet = zipfile.ZipFile(io.BytesIO(whole)).read(SHEET).decode()
    assert sheet.count("<worksheet") == sheet.count(">b<") == 1
    kinds = f'<!DOCTYPE worksheet [<!ENTITY e0 "0123456789">{entities}]>'
    bomb = sheet.replace("<worksheet", f"{kinds}<worksheet").replace(">b<", ">&e11;<")
    data = replaced(whole, SHEET, bomb.encode())
    assert refusal(data, "t.xlsx") == ("table.not_a_spreadsheet", {})


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["t.csv", "t.xlsx"]))
def test_any_bytes_give_rows_or_a_reason(data, name):
    try:
        found = read_table(data, name)
    except UnreadableTable as refused:
        assert refused.key.startswith("table.")
    else:
        assert all(isinstance(row, Row) for row in found)


# Written once: a workbook holds the time it was written at, and its length depends on it.
WHOLE = workbook(["a", "b"], ["1", 2])


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_workbook_gives_rows_or_a_reason(data):
    whole = bytearray(WHOLE)
    for _ in range(3):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_table(bytes(whole), "t.xlsx")
    except UnreadableTable as refused:
        assert refused.key.startswith("table.")
