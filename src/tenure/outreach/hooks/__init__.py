"""Webhooks to the systems of the house: who wants to hear what, and what became of each telling."""
