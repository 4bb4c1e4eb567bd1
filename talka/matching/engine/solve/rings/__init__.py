"""One side of peers: pairs and rings in which everybody teaches one and learns from one."""
