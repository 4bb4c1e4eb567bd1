"""Tables that leave for spreadsheets and come back from them."""

from talka.papers.tables.reading import Row, UnreadableTable, read_table
from talka.papers.tables.writing import write_csv, write_xlsx

__all__ = ["Row", "UnreadableTable", "read_table", "write_csv", "write_xlsx"]
