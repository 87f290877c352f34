"""How Alibaba Cloud (V3, ACS3-HMAC-SHA256) and Tencent Cloud (V3, TC3-HMAC-SHA256) want a request signed.

Written from help.aliyun.com/document_detail/2593177.html and cloud.tencent.com/document/api/382/52071; both publish an example with
its signature, and the tests hold these functions to it.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote


def sha256(body: bytes) -> str:
    """Return the SHA-256 of a body, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def query_string(parameters: Mapping[str, str]) -> str:
    """Return parameters in order of their names, escaped as RFC 3986 says."""
    return "&".join(f"{quote(name, safe='')}={quote(parameters[name], safe='')}" for name in sorted(parameters))


def alibaba(key_id: str, key_secret: str, query: str, headers: Mapping[str, str]) -> str:
    """Return the Authorization header of a POST to ``/``; ``headers`` are those to sign, names in lower case."""
    names, canonical = _canonical("POST", query, headers, headers["x-acs-content-sha256"])
    words = f"ACS3-HMAC-SHA256\n{sha256(canonical.encode())}"
    signature = hmac.new(key_secret.encode(), words.encode(), hashlib.sha256).hexdigest()
    return f"ACS3-HMAC-SHA256 Credential={key_id},SignedHeaders={names},Signature={signature}"


def tencent(secret_id: str, secret_key: str, service: str, at: int, body: bytes, headers: Mapping[str, str]) -> str:
    """Return the Authorization header of a POST to ``/``; ``headers`` are those to sign, names in lower case."""
    names, canonical = _canonical("POST", "", headers, sha256(body))
    date = datetime.fromtimestamp(at, UTC).date().isoformat()
    scope = f"{date}/{service}/tc3_request"
    key = f"TC3{secret_key}".encode()
    for part in (date, service, "tc3_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    words = f"TC3-HMAC-SHA256\n{at}\n{scope}\n{sha256(canonical.encode())}"
    signature = hmac.new(key, words.encode(), hashlib.sha256).hexdigest()
    return f"TC3-HMAC-SHA256 Credential={secret_id}/{scope}, SignedHeaders={names}, Signature={signature}"


def _canonical(method: str, query: str, headers: Mapping[str, str], body_hash: str) -> tuple[str, str]:
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    return names, f"{method}\n/\n{query}\n{lines}\n{names}\n{body_hash}"
