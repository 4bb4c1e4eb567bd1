"""Groups of peers without a teacher: alike in language and zone, different in experience."""
