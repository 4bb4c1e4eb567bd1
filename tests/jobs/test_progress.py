"""A terminal is told how far a long answer is; a file is not."""

from io import StringIO

from talka.jobs.spreadsheets.progress import told_on, wipe


class Terminal(StringIO):
    def isatty(self):
        return True


def test_a_terminal_reads_the_stage_and_its_share_on_one_line():
    terminal = Terminal()
    watch = told_on(terminal)
    assert watch("solve", 1, 4)
    assert watch("explain", 0, 0)
    wipe(terminal)
    lines = [line.strip() for line in terminal.getvalue().split("\r")]
    assert lines == [
        "",
        "Looking for the best pairs … 25 %",
        "Finding out why some are left out … 0 %",
        "",
        "",
    ]


def test_where_nobody_looks_nothing_is_written():
    file = StringIO()
    assert told_on(file) is None
    wipe(file)
    assert file.getvalue() == ""
