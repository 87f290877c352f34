"""Who looks at a page is believed where the shop's server vouches for them.

A write key of browsers stands in every page and says nothing of who looks at it. So a user is believed only with
HMAC-SHA256(identity secret of the source, user id) in hex, which the shop's server makes and nobody else can.
"""

import hashlib
import hmac

LONGEST_PROOF = 200  # nothing longer was ever one of ours


def identity_secret(secret: str, key_id: str, number: int = 0) -> str:
    """Return the identity secret of a source, for the shop's server and nobody else; each number has another."""
    told = f"tenure identity {key_id}" + (f" {number}" if number else "")
    return "ids_" + hmac.digest(secret.encode(), told.encode(), hashlib.sha256).hex()


def vouched(identity: str, user_id: str, shown: str) -> bool:
    """Say whether who holds an identity secret vouches for a user."""
    expected = hmac.digest(identity.encode(), user_id.encode("utf-8", "surrogatepass"), hashlib.sha256).hex()
    return hmac.compare_digest(expected.encode(), shown.lower().encode("utf-8", "surrogatepass"))
