"""One customer's risk: its course, its reasons, what changed since last time, and what would lower it."""
