"""From checked rows to the promised tables: ids, orders from lines, customers from everything."""
