"""What every room stands on: lifecycle table, ledger of moves, registry of names, time windows, the database's settings."""
