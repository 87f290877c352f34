"""What a member's particulars may be, who may change whom, and how often a password may be tried."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, cast

from email_validator import EmailNotValidError, validate_email

from tenure.directory.credentials.secrets import LONGEST_PASSWORD, SHORTEST_PASSWORD
from tenure.directory.roles import OWNER, ROLES
from tenure.kit.errors import FieldProblem, Forbidden, Invalid
from tenure.kit.i18n import Language, Text

WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT = 10
TRIES_PER_ADDRESS = 60  # a whole office may share one address

_NO_ROLE = Text("There is no such role.", "没有这个角色。")
_TOO_OBVIOUS = frozenset(
    {"password", "passwort", "1234567890", "qwertyuiop", "0123456789", "password123", "iloveyou12"}
)


@dataclass(frozen=True)
class NewMember:
    """Somebody to be added: the initial password is handed over in person."""

    name: str
    email: str
    password: str
    role: str
    language: Language


def checked(member: NewMember) -> NewMember:
    """Return a member with name and address in their normal form, or raise ``Invalid`` naming every bad field."""
    problems = [*_name_problems(member.name), *password_problems(member.password, member.email)]
    email = normal_email(member.email)
    if email is None:
        problems.append(FieldProblem("/email", Text("This is not an e-mail address.", "邮箱地址无效。")))
    if member.role not in ROLES:
        problems.append(FieldProblem("/role", _NO_ROLE))
    if problems or email is None:
        raise Invalid(Text("Some particulars are not possible.", "部分信息不可用。"), fields=tuple(problems))
    return NewMember(member.name.strip(), email, member.password, member.role, member.language)


def normal_email(address: str) -> str | None:
    """Return an address as it is compared and stored, or None when it is not one."""
    try:
        found = validate_email(address.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return found.normalized.lower()


def check_name(name: str) -> str:
    """Return a name without blanks around it, or raise."""
    problems = _name_problems(name)
    if problems:
        raise Invalid(problems[0].message, fields=tuple(problems))
    return name.strip()


def check_password(password: str, email: str) -> None:
    """Raise when a password is too easy or too long."""
    problems = password_problems(password, email)
    if problems:
        raise Invalid(problems[0].message, fields=tuple(problems))


def password_problems(password: str, email: str) -> list[FieldProblem]:
    """Return what is wrong with a password."""
    message = None
    if len(password) < SHORTEST_PASSWORD:
        message = Text("Use at least {n} characters.", "密码至少 {n} 个字符。").fill(n=SHORTEST_PASSWORD)
    elif len(password) > LONGEST_PASSWORD:
        message = Text("Use at most {n} characters.", "密码最多 {n} 个字符。").fill(n=LONGEST_PASSWORD)
    elif len(set(password)) < 4 or password.lower() in _TOO_OBVIOUS or password.lower() == email.strip().lower():
        message = Text("This password is too easy to guess.", "密码过于简单。")
    return [] if message is None else [FieldProblem("/password", message)]


def check_role(role: str) -> None:
    """Raise when there is no such role."""
    if role not in ROLES:
        raise Invalid(_NO_ROLE, fields=(FieldProblem("/role", _NO_ROLE),))


def check_may_manage(actor_role: str, roles: set[str]) -> None:
    """Raise unless the actor may make or unmake members of these roles: only owners make and unmake owners."""
    if OWNER in roles and actor_role != OWNER:
        raise Forbidden(Text("Only an owner can do this to an owner.", "只有所有者可以变更所有者。"))


def language_of(value: str) -> Language:
    """Return a stored language."""
    return cast(Literal["en", "zh"], value)


def _name_problems(name: str) -> list[FieldProblem]:
    if name.strip() and len(name) <= 200:
        return []
    return [FieldProblem("/name", Text("Give a name of up to 200 characters.", "请填写姓名（200 字以内）。"))]
