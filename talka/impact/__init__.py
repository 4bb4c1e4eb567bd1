"""What changed: figures and stories of a cycle; writes nothing but its own published snapshots."""
