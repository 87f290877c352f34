"""Asks the name servers."""

from collections.abc import Sequence

import dns.exception
import dns.resolver

PATIENCE = 5.0  # seconds for one question


def look_up(name: str, kind: str) -> Sequence[str] | None:
    """Return the records of a name; none where there are none, None where nobody could be asked."""
    try:
        answer = dns.resolver.resolve(name, kind, lifetime=PATIENCE)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError, ValueError):
        return None
    if kind == "MX":
        ranked = sorted((record.preference, str(record.exchange).rstrip(".")) for record in answer)
        return [server for _, server in ranked if server]
    return ["".join(part.decode("utf-8", "replace") for part in record.strings) for record in answer]
