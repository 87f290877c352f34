"""Asking for a message to many customers: who they are, what would become of each, the asking itself, and taking it back."""
