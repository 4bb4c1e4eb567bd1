"""Programmes, their cycles and stages, pages, contacts and the people who run them."""
