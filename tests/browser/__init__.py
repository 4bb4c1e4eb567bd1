"""Talka in a real browser."""
