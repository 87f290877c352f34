"""One customer: read and changed."""
