"""The root of every error: a fact, in both languages, with an HTTP status and a process exit code.

TenureError                 something is so that prevents what was asked
├── NotFound                404  the thing named does not exist
├── Conflict                409  the present state does not allow it
├── Invalid                 422  what was sent breaks a rule; names the fields
├── Forbidden               403  the member may not do this
├── NotSignedIn             401  nobody is signed in
├── TooMany                 429  too many attempts in a short time
└── Unavailable             503  something we need is not running
"""

from dataclasses import dataclass
from typing import ClassVar

from tenure.kit.i18n import Text


@dataclass(frozen=True)
class FieldProblem:
    """One thing wrong with one field; ``path`` is a JSON pointer such as ``/mapping/0/column``."""

    path: str
    message: Text


class TenureError(Exception):
    """Something is so that prevents what was asked."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: Text, *, remedy: Text | None = None, fields: tuple[FieldProblem, ...] = ()) -> None:
        super().__init__(message.en)
        self.message = message
        self.remedy = remedy
        self.fields = fields


class NotFound(TenureError):
    """The thing named does not exist."""

    status, code, exit_code = 404, "not_found", 4


class Conflict(TenureError):
    """The present state does not allow what was asked."""

    status, code, exit_code = 409, "conflict", 5


class Invalid(TenureError):
    """What was sent breaks a rule; ``fields`` says where."""

    status, code, exit_code = 422, "invalid", 2


class Forbidden(TenureError):
    """The member may not do this."""

    status, code, exit_code = 403, "forbidden", 6


class NotSignedIn(TenureError):
    """Nobody is signed in."""

    status, code, exit_code = 401, "not_signed_in", 6


class TooMany(TenureError):
    """Too many attempts in a short time."""

    status, code, exit_code = 429, "too_many", 7


class Unavailable(TenureError):
    """Something we need is not running or cannot be reached."""

    status, code, exit_code = 503, "unavailable", 8
