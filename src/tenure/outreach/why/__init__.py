"""Why somebody got a message, waits for it, or never will: the trace with its values, and the next good moment."""
