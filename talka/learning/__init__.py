"""Modules of a learning path: who maintains them, who has done what, and what people suggest."""
