"""The ledger of sends: one row for each message, step, customer and channel, and what became of it."""
