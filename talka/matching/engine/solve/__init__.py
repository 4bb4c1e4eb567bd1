"""Numbers to the best answer, and the proofs of it; nothing here knows what the numbers mean."""
