"""The numbers per customer that every refresh computes."""
