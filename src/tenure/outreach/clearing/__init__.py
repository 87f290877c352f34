"""What became of messages is kept for as long as the workspace chose, and then cleared away."""
