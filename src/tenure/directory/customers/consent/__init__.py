"""Who may be reached, for what and how: words of consent, and addresses that are closed."""
