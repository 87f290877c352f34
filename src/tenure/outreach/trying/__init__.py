"""A test message over a channel's account: sent at once, past the ledger, to whoever tries it."""
