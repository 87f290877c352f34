"""Workers that take sends from the ledger, ask the gate, and hand them to their channel one at a time."""
