"""What was heard once and is not heard again: callbacks and signed requests from outside."""
