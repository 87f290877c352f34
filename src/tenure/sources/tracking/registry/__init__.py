"""What sort of events arrive, which are expected, and which are not as expected."""
