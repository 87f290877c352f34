"""Long work that somebody watches: what it is, how far it is, how it ended."""
