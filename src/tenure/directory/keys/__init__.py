"""API keys: made, listed and revoked."""
