"""Who reads what we send: every open and click as it came, and how likely a machine did it."""
