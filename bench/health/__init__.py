"""Health indicators of the code: measured from the sources alone, printed against their targets."""
