"""A programme written down: TOML files, the shape they must have, and the dates they lead to."""
