"""Who is who: the customers we keep, the members who log in, and what each may do."""
