"""Every query of the ledger: what is asked for, what workers do, what may flow, and what members see."""
