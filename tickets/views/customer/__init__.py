"""Pages for customers, who need no account."""
