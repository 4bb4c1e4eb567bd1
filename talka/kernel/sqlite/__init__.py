"""SQLite as Talka uses it: one writer at a time, in turn."""
