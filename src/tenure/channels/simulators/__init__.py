"""Stand-ins that speak a provider's documented protocol on this machine, for tests, demonstrations and first steps."""
