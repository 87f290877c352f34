"""What holds for the whole workspace: its name, currency, time zone, and what counts as leaving."""
