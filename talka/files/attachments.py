"""Judges attachments by their outside alone, because Talka never opens them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

MOST_BYTES = 15_000_000
MOST_NAME_CHARACTERS = 100
MOST_NAME_BYTES = 240  # ext4 and most others stop at 255
MOST_ZIP_ENTRIES = 10_000

OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OFFICE_OPEN = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "odt": OPEN_DOCUMENT + "text",
    "ods": OPEN_DOCUMENT + "spreadsheet",
    "odp": OPEN_DOCUMENT + "presentation",
    "docx": OFFICE_OPEN + "wordprocessingml.document",
    "xlsx": OFFICE_OPEN + "spreadsheetml.sheet",
    "pptx": OFFICE_OPEN + "presentationml.presentation",
    "txt": "text/plain",
}
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
MACRO_EXTENSIONS = {"docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppsm", "ppam", "sldm"}
# Visual Basic, ActiveX and Excel 4 macros in OOXML; Basic and other scripts in OpenDocument.
MACRO_PARTS = re.compile(
    r"(^|/)(vbaproject|vbadata)[^/]*$|^(word|xl|ppt)/(activex|macrosheets|dialogsheets)/|^(basic|scripts)/."
)
# Plain text that a browser or a shell would take for a program.
MARKUP = re.compile(r"\s*(<!doctype|<html|<svg|<script|<\?|<head|<body|<iframe|#!|%!PS|%PDF|\{\\rtf)", re.I)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")

UNSAFE_IN_NAMES = re.compile(r'[<>:"|?*;%]')
# Zero width joiner and non-joiner are letters' business in Persian, Sinhala and others.
JOINERS = "\u200c\u200d"
RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.I)


@dataclass(frozen=True)
class Attachment:
    """Holds what is known of an attachment from its outside."""

    content_type: str
    extension: str
    name: str


class AttachmentRefused(Exception):
    """Says why an attachment is not taken: a message key with its values, for the person who sent it."""

    def __init__(self, key: str, values: Mapping[str, object]) -> None:
        super().__init__(key)
        self.key = key
        self.values = dict(values)


def inspect(data: bytes, *, name: str) -> Attachment:
    """Tell what the attachment is, if its name and its bytes agree.

    Takes PDF, OpenDocument, Office Open XML and plain text. Of a zip container only the table of contents is
    read. Raises AttachmentRefused with the key files.empty, files.too_large, files.kind_not_taken,
    files.holds_macros, files.broken_attachment or files.kind_and_name_disagree; the values always hold the
    cleaned name.
    """
    name = clean_name(name)
    extension = extension_of(name)
    values = {"name": name}
    if not data:
        raise AttachmentRefused("files.empty", values)
    if len(data) > MOST_BYTES:
        raise AttachmentRefused("files.too_large", values | {"megabytes": MOST_BYTES // 1_000_000})
    if extension in MACRO_EXTENSIONS:
        raise AttachmentRefused("files.holds_macros", values)
    if extension not in CONTENT_TYPES:
        kinds = ", ".join(kind.upper() for kind in CONTENT_TYPES)
        raise AttachmentRefused("files.kind_not_taken", values | {"kinds": kinds})
    if not agrees(data, extension, values):
        raise AttachmentRefused("files.kind_and_name_disagree", values | {"extension": extension})
    return Attachment(content_type=CONTENT_TYPES[extension], extension=extension, name=name)


def agrees(data: bytes, extension: str, values: Mapping[str, object]) -> bool:
    """Tell whether the bytes are what the extension says, or raise AttachmentRefused if they hold macros."""
    if extension == "pdf":
        return data.startswith(b"%PDF-")
    if extension == "txt":
        return is_plain_text(data)
    if not data.startswith(b"PK\x03\x04"):
        return False
    parts = parts_of(data, values)
    if any(MACRO_PARTS.search(part.lower()) for part in parts):
        raise AttachmentRefused("files.holds_macros", values)
    if extension in MAIN_PARTS:
        return {"[Content_Types].xml", MAIN_PARTS[extension]} <= set(parts)
    return data.startswith(b"mimetype" + CONTENT_TYPES[extension].encode() + b"PK", 30)


def parts_of(data: bytes, values: Mapping[str, object]) -> list[str]:
    """List the names in the zip's table of contents, or raise AttachmentRefused if it is broken or absurd.

    Entries are counted before zipfile makes an object of each: 15 MB hold some 300,000 of them.
    """
    if data.count(b"PK\x01\x02") > MOST_ZIP_ENTRIES:
        raise AttachmentRefused("files.broken_attachment", values)
    try:
        with ZipFile(BytesIO(data)) as container:
            return container.namelist()
    except (BadZipFile, NotImplementedError, OSError, ValueError, OverflowError) as failure:
        raise AttachmentRefused("files.broken_attachment", values) from failure


def is_plain_text(data: bytes) -> bool:
    """Tell whether the bytes are UTF-8 text: no control characters, no start like markup or a script."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not CONTROLS.search(text) and not MARKUP.match(text)


def clean_name(name: str) -> str:
    """Make a file name safe for any file system and any header, and keep the letters of every script.

    Promises at most 100 characters and 240 bytes of UTF-8, no path, no control or direction-changing
    characters, nothing that Windows reserves, no leading dot or dash; cleaning twice changes nothing more.
    A name with nothing left is "file".
    """
    name = re.split(r"[/\\]", name)[-1]
    name = "".join(letter for letter in re.sub(r"\s", " ", name) if is_kept(letter))
    name = UNSAFE_IN_NAMES.sub("-", unicodedata.normalize("NFC", name))
    name = re.sub(r" +", " ", name).lstrip(" .-~" + JOINERS).rstrip(" ." + JOINERS)
    if RESERVED.match(name):
        name = "_" + name
    return shortened(name) or "file"


def is_kept(letter: str) -> bool:
    """Tell whether a name may hold the character: all but controls, formats, surrogates and unassigned."""
    return letter in JOINERS or unicodedata.category(letter)[0] != "C"


def shortened(name: str) -> str:
    """Cut the name before its extension until it fits."""
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        stem, dot, extension = name, "", ""
    ending = dot + extension
    stem = stem[: MOST_NAME_CHARACTERS - len(ending)]
    room = MOST_NAME_BYTES - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" ." + JOINERS) + ending


def extension_of(name: str) -> str:
    """Return what follows the last dot, in lower case, or nothing."""
    return name.rpartition(".")[2].lower() if "." in name else ""
