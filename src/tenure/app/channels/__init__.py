"""Whether the channels a workspace has can work."""
