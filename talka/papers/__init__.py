"""How results leave: tables, calendar files, charts, wikitext and PDF, each returned as bytes or text."""
