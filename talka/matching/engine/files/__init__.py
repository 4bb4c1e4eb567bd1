"""The engine for those who live in spreadsheets: tables in, tables and proofs out. No Django, no database."""
