"""Text messages: how long they are, what may be in them, and how providers want them signed."""
