"""What every room stands on: lifecycle table, ledger, registry of names, time windows, the database."""
