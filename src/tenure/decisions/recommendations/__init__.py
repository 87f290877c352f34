"""Which products to show each customer, and why: lists arrive as rows, and are read through filters."""
