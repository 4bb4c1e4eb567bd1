"""What the parties hand in, their evidence, what they do next; the closing of each exchange."""
