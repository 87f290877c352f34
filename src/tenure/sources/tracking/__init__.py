"""Events that applications send as they happen, in the manner of Segment's SDKs."""
