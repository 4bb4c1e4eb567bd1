"""Uploads: photos redrawn, attachments kept closed, who may fetch them."""
