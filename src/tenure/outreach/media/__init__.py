"""Pictures for messages: uploaded once, known by what is in them, and read by whoever gets the mail."""
