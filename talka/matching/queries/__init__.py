"""Reads of matching: who takes part, what a draft says, where a match stands, and all of it in words."""
