"""Named worlds: a programme at each stage, for tests and for eyes."""
