"""A cycle invites: one call a role, with a form and a window."""
