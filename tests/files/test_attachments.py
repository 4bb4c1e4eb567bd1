"""Attachments are judged by their outside; names are made safe."""

import unicodedata
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from talka.files.attachments import (
    CONTENT_TYPES,
    MAIN_PARTS,
    MOST_BYTES,
    AttachmentRefused,
    clean_name,
    inspect,
)

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def zipped(*parts: tuple[str, str], packing: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", packing) as container:
        for name, body in parts:
            container.writestr(name, body)
    return out.getvalue()


def open_document(extension: str, *more: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as container:
        container.writestr("mimetype", CONTENT_TYPES[extension], compress_type=ZIP_STORED)
        for name in ("content.xml", *more):
            container.writestr(name, "<x/>")
    return out.getvalue()


def office(extension: str, *more: str) -> bytes:
    return zipped(
        ("[Content_Types].xml", "<Types/>"),
        (MAIN_PARTS[extension], "<x/>"),
        *((name, "x") for name in more),
    )


def workbook() -> bytes:
    out = BytesIO()
    Workbook().save(out)
    return out.getvalue()


HONEST = {
    "plan.pdf": PDF,
    "PLAN.PDF": PDF,
    "plan.odt": open_document("odt"),
    "plan.ods": open_document("ods"),
    "plan.odp": open_document("odp"),
    "plan.docx": office("docx", "word/embeddings/sheet1.xlsx"),
    "plan.pptx": office("pptx", "ppt/slides/slide1.xml"),
    "plan.xlsx": workbook(),
    "plan.txt": "Талака – toloka – ﺗﻌﺎﻭﻥ\r\n\tquestions: why < how\n".encode(),
    "with a mark.txt": b"\xef\xbb\xbfmark",
}
BROKEN = "files.broken_attachment"
DISAGREE = "files.kind_and_name_disagree"
MACROS = "files.holds_macros"
NOT_TAKEN = "files.kind_not_taken"
REFUSED = {
    "nothing": ("plan.pdf", b"", "files.empty"),
    "too large": ("plan.pdf", PDF + bytes(MOST_BYTES), "files.too_large"),
    "SVG": ("plan.svg", b"<svg/>", NOT_TAKEN),
    "HTML": ("plan.html", b"<html>", NOT_TAKEN),
    "a script": ("plan.js", b"alert(1)", NOT_TAKEN),
    "a program": ("plan.exe", b"MZ\x90\0", NOT_TAKEN),
    "a program behind two endings": ("plan.pdf.exe", b"MZ\x90\0", NOT_TAKEN),
    "a zip": ("plan.zip", zipped(("a", "b")), NOT_TAKEN),
    "no ending": ("plan", PDF, NOT_TAKEN),
    "an ending in look-alike letters": ("plan.рdf", PDF, NOT_TAKEN),
    "an old Word file": ("plan.doc", b"\xd0\xcf\x11\xe0", NOT_TAKEN),
    "a Word file for macros": ("plan.docm", office("docx"), MACROS),
    "an Excel file for macros": ("plan.XLSM", office("xlsx"), MACROS),
    "Visual Basic": ("plan.docx", office("docx", "word/vbaProject.bin"), MACROS),
    "Visual Basic in capitals": ("plan.docx", office("docx", "WORD/VBAPROJECT.BIN"), MACROS),
    "ActiveX": ("plan.pptx", office("pptx", "ppt/activeX/activeX1.bin"), MACROS),
    "Excel 4 macros": ("plan.xlsx", office("xlsx", "xl/macrosheets/sheet1.xml"), MACROS),
    "Basic": ("plan.odt", open_document("odt", "Basic/Standard/Module1.xml"), MACROS),
    "Python in a text": ("plan.odt", open_document("odt", "Scripts/python/a.py"), MACROS),
    "a program called PDF": ("plan.pdf", b"MZ\x90\0", DISAGREE),
    "HTML called PDF": ("plan.pdf", b"<html>%PDF-1.7", DISAGREE),
    "PDF called text": ("plan.txt", PDF, DISAGREE),
    "HTML called text": ("plan.txt", b"\n <!DOCTYPE html><p>", DISAGREE),
    "SVG called text": ("plan.txt", b"<svg onload=alert(1)>", DISAGREE),
    "a shell script called text": ("plan.txt", b"#!/bin/sh\n", DISAGREE),
    "a program called text": ("plan.txt", b"\x7fELF\x02\x01\x01\0", DISAGREE),
    "text in no known encoding": ("plan.txt", "Łódź".encode("cp1250"), DISAGREE),
    "ODS called ODT": ("plan.odt", open_document("ods"), DISAGREE),
    "XLSX called DOCX": ("plan.docx", office("xlsx"), DISAGREE),
    "a template called ODT": (
        "plan.odt",
        open_document("odt").replace(b".text", b".text-template", 1),
        DISAGREE,
    ),
    "a mere zip called DOCX": ("plan.docx", zipped(("index.html", "<html>")), DISAGREE),
    "a zip behind HTML": ("plan.docx", b"<html>" + office("docx"), DISAGREE),
    "a zip cut short": ("plan.docx", office("docx")[:-30], BROKEN),
    "a zip of nothing but its mark": ("plan.docx", b"PK\x03\x04", BROKEN),
    "a zip with a million entries": ("plan.docx", office("docx") + b"PK\x01\x02" * 10_001, BROKEN),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_taken_as_what_it_is(name):
    attachment = inspect(HONEST[name], name=f"C:\\plans\\{name}")
    extension = name[-4:].lstrip(".").lower()
    assert (attachment.name, attachment.extension) == (name, extension)
    assert attachment.content_type == CONTENT_TYPES[extension]


@pytest.mark.parametrize("what", REFUSED)
def test_any_other_file_is_refused_with_its_reason(what):
    name, data, key = REFUSED[what]
    with pytest.raises(AttachmentRefused) as caught:
        inspect(data, name=name)
    assert caught.value.key == key
    assert caught.value.values["name"] == name


def test_a_refusal_says_what_would_be_taken():
    with pytest.raises(AttachmentRefused) as caught:
        inspect(b"x", name="plan.xyz")
    assert caught.value.values == {
        "name": "plan.xyz",
        "kinds": "PDF, ODT, ODS, ODP, DOCX, XLSX, PPTX, TXT",
    }


def test_a_refusal_says_how_much_would_be_taken():
    with pytest.raises(AttachmentRefused) as caught:
        inspect(PDF + bytes(MOST_BYTES), name="plan.pdf")
    assert caught.value.values == {"name": "plan.pdf", "megabytes": 15}


@given(st.data())
def test_a_damaged_container_is_taken_or_refused_and_never_breaks_us(data):
    name = data.draw(st.sampled_from(["plan.odt", "plan.docx", "plan.xlsx"]))
    damaged = bytearray(HONEST[name])
    for _ in range(data.draw(st.integers(1, 6))):
        # The table of contents is at the end, and it is what we read.
        place = len(damaged) - data.draw(st.integers(1, min(len(damaged), 400)))
        damaged[place] = data.draw(st.integers(0, 255))
    try:
        attachment = inspect(bytes(damaged), name=name)
    except AttachmentRefused as refusal:
        assert refusal.key in {BROKEN, DISAGREE, MACROS}
    else:
        assert attachment.name == name


CLEANED = {
    "report.pdf": "report.pdf",
    "Отчёт Łódź საქართველო ﺗﻘﺮﻳﺮ 報告.pdf": "Отчёт Łódź საქართველო ﺗﻘﺮﻳﺮ 報告.pdf",
    "می\u200cخواهم.pdf": "می\u200cخواهم.pdf",
    "cafe\u0301.pdf": "café.pdf",
    "../../etc/passwd": "passwd",
    "C:\\Users\\ada\\plan.pdf": "plan.pdf",
    "folder/": "file",
    "": "file",
    "...": "file",
    "\u200d\u200c": "file",
    ".htaccess": "htaccess",
    "-rf.pdf": "rf.pdf",
    "plan.pdf. . ": "plan.pdf",
    "gpj.\u202eexe.pdf": "gpj.exe.pdf",
    "plan\u2066\u200f\ufeff.pdf": "plan.pdf",
    "plan\r\nSet-Cookie: a=b.pdf": "plan Set-Cookie- a=b.pdf",
    "plan\x00.pdf": "plan.pdf",
    "plan\ud800.pdf": "plan.pdf",
    'a"b;c%22<d>|e?*.pdf': "a-b-c-22-d--e--.pdf",
    "greek\u037emark.pdf": "greek-mark.pdf",
    "a \u00a0\u3000\t b.pdf": "a b.pdf",
    "CON": "_CON",
    "nul.pdf": "_nul.pdf",
    "Lpt1 .tar.gz": "_Lpt1 .tar.gz",
    "com¹.txt": "_com¹.txt",
    "console.pdf": "console.pdf",
    "a" * 300 + ".pdf": "a" * 96 + ".pdf",
    "報" * 300 + ".docx": "報" * 78 + ".docx",
    "a." + "b" * 300: "a." + "b" * 98,
}


@pytest.mark.parametrize("name", CLEANED, ids=[ascii(name)[:40] for name in CLEANED])
def test_a_name_is_made_safe_and_stays_readable(name):
    assert clean_name(name) == CLEANED[name]


@given(st.text(alphabet=st.characters(), max_size=300))
def test_every_cleaned_name_is_safe_and_cleaning_twice_changes_nothing(name):
    cleaned = clean_name(name)
    assert clean_name(cleaned) == cleaned
    assert 1 <= len(cleaned) <= 100
    assert len(cleaned.encode()) <= 240
    assert not set(cleaned) & set('/\\<>:"|?*;%\r\n\0')
    assert {unicodedata.category(letter) for letter in cleaned} & {
        "Cc",
        "Cs",
        "Co",
        "Cn",
        "Zl",
        "Zp",
    } == set()
    assert cleaned[0] not in " .-~"
    assert cleaned[-1] not in " ."
