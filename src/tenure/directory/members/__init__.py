"""Who logs in: the first owner, signing in and out, and the members of the workspace."""
