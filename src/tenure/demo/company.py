"""The whole company: every table and every truth behind it, for a seed, a size and an end."""
