"""The public kill test: workers die at random moments, and what an SMTP server took is counted against the ledger."""
