"""Secrets of accounts at rest: encrypted with a key made of the workspace's secret, which is not in the database."""

import base64
import hmac
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken

from tenure.kit.errors import Conflict
from tenure.kit.i18n import Text


def seal(secret: str, values: Mapping[str, str]) -> bytes:
    """Encrypt values."""
    return _fernet(secret).encrypt(json.dumps(dict(values)).encode())


def unseal(secret: str, sealed: bytes) -> dict[str, str]:
    """Decrypt values; raises ``Conflict`` when the workspace's secret is another than it was."""
    try:
        opened: dict[str, str] = json.loads(_fernet(secret).decrypt(sealed))
    except InvalidToken as error:
        raise Conflict(
            Text("The account's secrets were stored by another workspace.", "账户密钥由另一个工作区保存，无法读取。"),
            remedy=Text("Enter them again.", "请重新填写。"),
        ) from error
    return opened


def _fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hmac.digest(secret.encode(), b"tenure channel accounts", "sha256")))
