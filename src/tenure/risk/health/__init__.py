"""Health: one number from 0 to 100 that says how safe a customer is, why it moved, and whether it deserves belief."""
