"""What the room refuses, whichever verb is asked for."""


class AddressTaken(Exception):
    """Another programme, or another cycle of the programme, already has this address."""
