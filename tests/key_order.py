"""JSON as another database would give it back: the same, with its keys in another order."""


def as_jsonb(name):
    """Sort the way PostgreSQL keeps keys: the shorter first."""
    return len(name), name


def backwards(name):
    """Sort the other way round."""
    return [-ord(letter) for letter in name]


def reordered(value, key):
    """Return plain data with the keys of every mapping sorted by a function."""
    if isinstance(value, dict):
        return {name: reordered(value[name], key) for name in sorted(value, key=key)}
    return [reordered(one, key) for one in value] if isinstance(value, list) else value
