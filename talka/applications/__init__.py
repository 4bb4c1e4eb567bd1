"""A person or community answers a call."""
