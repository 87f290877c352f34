"""How fast models of orders, spend and contracts are fitted, and how likely their fits are, beside other libraries."""
