"""What became of messages, told to the lake: one row for each message, told again whenever there is news of it."""
