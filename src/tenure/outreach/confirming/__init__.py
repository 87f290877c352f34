"""The message that asks for a yes to be confirmed: whoever must be asked is written to, once and by itself."""
