"""Consent over HTTP: the desk of members, and the public pages."""
