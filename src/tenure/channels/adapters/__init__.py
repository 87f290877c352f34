"""One adapter for each outside service; only the wiring names them."""
