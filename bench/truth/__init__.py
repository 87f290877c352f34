"""What the product predicted for the demo company, held against what was planted there and what then happened."""
