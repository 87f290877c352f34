"""The verbs of cases: take signals in, and work on a case."""
