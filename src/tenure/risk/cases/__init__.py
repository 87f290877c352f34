"""Alerts: one open case per customer in danger, with an owner, a due time, and how it ended."""
