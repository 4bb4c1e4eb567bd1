"""The paper of a certificate: in its holder's language, with a code to scan, whatever they are called."""

import io
import shutil
import unicodedata
from pathlib import Path

import pytest
import segno
from pypdf import PdfReader

from talka.papers.pdf import write_pdf
from talka.papers.qr import qr_svg
from talka.people.models import Account
from talka.recognition.actions import issue_certificates
from talka.recognition.models import Certificate
from talka.recognition.queries import paper_of
from tests.reports.mentorship_samples import OVER, complete

HOUSE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def fonts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fonts")
    for font in (HOUSE / "node_modules/@expo-google-fonts").glob("*/*/*_[47]00*[rd].ttf"):
        shutil.copy(font, folder)
    return folder


@pytest.fixture
def write(cohort, pair, ada, cleo, fonts):
    def write(**account):
        Account.objects.filter(pk=ada.pk).update(**account)
        complete(pair)
        made = issue_certificates(cycle=cohort, by=cleo, now=OVER)[0]
        return made, write_pdf("certificate", data=paper_of(made), font_folder=fonts)

    return write


def pages(pdf):
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_paper_is_one_page_that_says_everything(write):
    made, pdf = write()
    (text,) = pages(pdf)
    flat = " ".join(text.split())
    for words in (
        "Certificate of completion",
        "Ada",
        "has completed a mentorship of six months",
        "Goal 1",
        "18 hours",
        "20 May 2028",
        "2027-b-1",
        "Wikipedia & Education mentorship",
        "Cohort B",
    ):
        assert words in flat
    assert made.content["address"].replace("-", "") in "".join(text.split()).replace("-", "")


def test_it_follows_the_standard_for_screen_readers(write):
    reader = PdfReader(io.BytesIO(write()[1]))
    assert "pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert reader.trailer["/Root"]["/Lang"] == "en"


def test_the_same_certificate_is_the_same_paper(write, fonts):
    made, pdf = write()
    again = Certificate.objects.get(pk=made.pk)
    assert write_pdf("certificate", data=paper_of(again), font_folder=fonts) == pdf


def test_an_arabic_paper_reads_from_the_right(write):
    made, pdf = write(language="ar", name="آدا")
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert (root["/Lang"], root["/ViewerPreferences"]["/Direction"]) == ("ar", "/R2L")
    (text,) = pages(pdf)
    # The reader writes the letters of a line as they stand, from the left, joined ones more than once, and
    # those that differ by their dots alone as one of them.
    assert set("آدا") | set("اعة") <= set(unicodedata.normalize("NFC", text))
    assert ("18" in text, made.content["dated"].split()[0] in text) == (True, True)


@pytest.mark.parametrize(
    "name",
    ["#panic()", "= Heading", '"); #read("/etc/passwd")', "*bold* _x_ $x$", "<script>", "Ada\u202egnp"],
)
def test_no_name_is_markup(write, name):
    made, pdf = write(name=name)
    text = pages(pdf)[0].replace(" ", "").replace("\n", "")
    assert made.content["name"].replace(" ", "") in text


def test_the_code_to_scan_is_the_address():
    address = "https://talka.example.org/certificates/ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23/"
    drawn = qr_svg(address)
    code = segno.make(address, micro=False, error="m", boost_error=False)
    assert drawn == code.svg_inline(scale=8, border=4, dark="#202122", light="#ffffff")
    assert code.error == "M"
    # Another address is another picture.
    assert qr_svg(address.replace("ABCD", "ABCE")) != drawn
