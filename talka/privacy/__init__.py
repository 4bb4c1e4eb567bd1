"""The inventory of fields: what is kept about people, why, who sees it, and until when."""
