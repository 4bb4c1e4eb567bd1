"""The report of `talka match`: opened as a file, it asks for nothing and can be read by everybody."""

import pytest
from django.core.management import call_command

from tests.browser.inspection import faults_of_access, faults_of_width, watch


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Return a function that gives the address of the report of the sample in a language."""
    folder = tmp_path_factory.mktemp("matching")
    call_command("match", "--template", "--out", str(folder))

    def write(language):
        out = folder / language
        sample = [str(folder / "people.csv"), "--policy", str(folder / "policy.toml")]
        call_command("match", *sample, "--out", str(out), "--language", language)
        return (out / "report.html").as_uri()

    return write


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("en", "dark"), ("ar", "light")])
def test_the_report_of_a_matching_stands_alone(browser, written, language, scheme):
    address = written(language)
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    seen = watch(page)
    page.goto(address)
    found = [*faults_of_access(page), *faults_of_width(page)]
    context.close()
    assert (seen.asked, seen.said, found) == ([address], [], [])


def test_on_paper_no_pair_is_cut_in_two_and_nothing_is_dark(browser, written):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(written("en"))
    page.emulate_media(media="print", color_scheme="dark")
    style = "node => { const style = getComputedStyle(node); return [style.breakInside, style.color]; }"
    kept = {tuple(page.eval_on_selector(place, style)) for place in ("#pairs article", "#left article")}
    ground = page.eval_on_selector("body", "node => getComputedStyle(node).backgroundColor")
    is_linked = page.locator("nav").is_visible()
    context.close()
    assert (kept, ground, is_linked) == ({("avoid", "rgb(0, 0, 0)")}, "rgb(255, 255, 255)", False)
