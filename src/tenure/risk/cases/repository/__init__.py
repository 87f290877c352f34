"""Every query of cases."""
