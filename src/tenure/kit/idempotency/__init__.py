"""What was answered to a request that may be sent again: the same key gets the same answer, and nothing happens twice."""
