"""The outbox: whatever happened is written here once, in the transaction that made it happen."""
