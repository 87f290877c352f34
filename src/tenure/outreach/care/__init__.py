"""The care of channels: how many a young sender may write to a day, how fast a domain is written to, and when to stop."""
