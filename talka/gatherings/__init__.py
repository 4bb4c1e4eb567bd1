"""What many attend: introductory meetings, for now."""
