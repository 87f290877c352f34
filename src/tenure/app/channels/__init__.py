"""Which channels a workspace has, read from ``channels.toml`` in its folder, and whether they can work."""
