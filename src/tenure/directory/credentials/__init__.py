"""What proves who somebody is: members' passwords, sessions, API keys, and the count of failed attempts."""
