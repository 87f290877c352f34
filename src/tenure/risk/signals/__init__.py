"""What can go wrong with a customer: each sign one small definition, found for everybody at once."""
