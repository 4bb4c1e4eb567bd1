"""Pages for coordinators and reviewers."""
