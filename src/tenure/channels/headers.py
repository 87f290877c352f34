"""Headers of a mail made of words we did not write: each stays one header, whatever stands in it."""

import re
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage

# The library opens encoded words before it writes a header, line breaks inside them too; a blank keeps them words.
_ENCODED = re.compile(r"=(?=\?[^?]*\?[bq]\?)", re.IGNORECASE)
_UNREADABLE = (
    ValueError,
    LookupError,
    AttributeError,
    RecursionError,
    HeaderParseError,
)  # by what was tried on the parser


def one_line(value: str) -> str:
    """Return a header's value without what would begin another header: line breaks, plain or in an encoded word."""
    return _ENCODED.sub("= ", " ".join(value.splitlines()))


def mailbox(address: str) -> Address:
    """Return an address ready for a header and for the envelope, its domain in ASCII; raises ``ValueError`` for what is none."""
    try:
        told = Address(addr_spec=address)
        return told if told.domain.isascii() else Address("", told.username, told.domain.encode("idna").decode("ascii"))
    except _UNREADABLE as error:
        raise ValueError("this is no address") from error


def whole(mail: EmailMessage, raw: bytes) -> bool:
    """Say whether a mail as it is written holds the headers that were put into it, in their order, and no other."""
    lines = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    there = [line.partition(b":")[0].decode("latin-1").lower() for line in lines if line[:1] not in (b" ", b"\t")]
    return there == [name.lower() for name in mail]
