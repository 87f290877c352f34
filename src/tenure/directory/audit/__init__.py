"""Who did what, and what it was before and after; written in the transaction that did it, never changed."""
