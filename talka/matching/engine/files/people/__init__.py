"""A table of people and a policy, read into what the engine is asked: texts in, values out, no files."""

from talka.matching.engine.files.people.policy import PolicyFile, read_policy
from talka.matching.engine.files.people.reading import Asked, read_people
from talka.matching.engine.files.people.rows import COLUMNS, Codes

__all__ = ["COLUMNS", "Asked", "Codes", "PolicyFile", "read_people", "read_policy"]
