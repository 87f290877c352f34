"""Web push: words only the browser can read (RFC 8291), sent by somebody its push service knows (RFC 8292)."""
