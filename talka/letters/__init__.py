"""Mail: one template a letter, an outbox; nothing decides here."""
