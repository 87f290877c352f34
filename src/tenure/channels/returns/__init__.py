"""Mail that comes back, read: delivery reports (RFC 3464), complaints (RFC 5965), and what servers write instead of either."""
