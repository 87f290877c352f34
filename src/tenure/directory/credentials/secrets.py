"""Passwords and random secrets: made, hashed and compared in one place."""

import base64
import hashlib
import hmac
import secrets

import argon2

KEY_MARK = "tk_"
SHORTEST_PASSWORD = 10  # NIST SP 800-63B asks for at least 8 and no composition rules
LONGEST_PASSWORD = 256  # argon2 would hash a novel; a log-in form need not

_hasher = argon2.PasswordHasher()  # RFC 9106's low-memory profile: 64 MiB, 3 passes
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))  # compared against when the account does not exist


def hash_password(password: str) -> str:
    """Return what is stored instead of a password."""
    return _hasher.hash(password)


def password_matches(stored: str | None, password: str) -> bool:
    """Say whether a password is the stored one; takes as long when there is no account."""
    try:
        _hasher.verify(stored or _NOBODY, password)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False
    return stored is not None


def needs_rehash(stored: str) -> bool:
    """Say whether a stored password was hashed with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def new_token() -> str:
    """Return a random secret of 256 bits."""
    return secrets.token_urlsafe(32)


def new_key() -> str:
    """Return a new API key; the mark lets scanners find leaked ones."""
    return KEY_MARK + new_token()


def token_hash(token: str) -> str:
    """Return what is stored instead of a random secret; plain SHA-256 suffices for 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def csrf_token(session_token: str) -> str:
    """Return the CSRF token that belongs to a session; knowing it does not reveal the session."""
    digest = hmac.new(session_token.encode("utf-8", "surrogatepass"), b"tenure-csrf", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def same(left: str, right: str) -> bool:
    """Compare two secrets without telling by the time taken where they differ."""
    return hmac.compare_digest(left.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))
