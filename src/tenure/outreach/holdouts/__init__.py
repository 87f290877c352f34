"""Whom we leave alone to see what our messages are worth: drawn by a keyed hash, versioned, nothing forgotten."""
