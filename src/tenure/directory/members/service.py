"""The verbs of members: be the first owner, sign in and out, add, change, deactivate."""

from dataclasses import dataclass
from datetime import datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials import repository, secrets
from tenure.directory.credentials.principal import Principal
from tenure.directory.credentials.tables import Member
from tenure.directory.members import rules
from tenure.directory.members.rules import NewMember
from tenure.directory.roles import OWNER, permissions_of
from tenure.kit.db import Engine, Session, transaction
from tenure.kit.errors import Conflict, FieldProblem, Invalid, NotFound, NotSignedIn, TooMany
from tenure.kit.i18n import Language, Text
from tenure.kit.ids import new_id

MOST_LISTED = 10_000
_WRONG = Text("E-mail or password is wrong.", "邮箱或密码不正确。")
_SLOW_DOWN = Text("Too many attempts. Try again in 15 minutes.", "尝试次数过多，请 15 分钟后再试。")
_OWNER_EXISTS = Text("This workspace has an owner already.", "该工作区已有所有者。")
_LAST_OWNER = Text("The last owner cannot be removed.", "不能移除最后一位所有者。")
_ADDRESS_TAKEN = Text("A member with this address exists already.", "该邮箱已被其他成员使用。")


@dataclass(frozen=True)
class MemberChange:
    """What is to change about a member; None leaves it."""

    name: str | None = None
    role: str | None = None
    active: bool | None = None
    password: str | None = None
    language: Language | None = None


def set_up(session: Session, owner: NewMember, now: datetime) -> Member:
    """Make the first owner; however many try at once, exactly one succeeds."""
    repository.lock_owners(session)
    if repository.has_members(session):
        raise Conflict(_OWNER_EXISTS, remedy=Text("Sign in instead.", "请直接登录。"))
    return _store(session, rules.checked(owner), None, now)


def needs_owner(session: Session) -> bool:
    """Say whether nobody can log in yet."""
    return not repository.has_members(session)


def start_session(session: Session, member_id: str, now: datetime) -> str:
    """Sign a member in; returns the secret for the cookie."""
    token = secrets.new_token()
    repository.sign_in(session, member_id, token, now)
    return token


def sign_in(engine: Engine, email: str, password: str, address: str, now: datetime) -> tuple[str, str]:
    """Check a password and return the member's id and the cookie's secret.

    Every try is counted before the password is looked at, in a transaction of its own, so that tries side by
    side count too and a refusal is not rolled back. Unknown addresses take as long and answer the same.
    """
    account = rules.normal_email(email) or email.strip().lower()[:254]
    by_account = f"account:{secrets.token_hash(account)}"
    by_address = f"address:{secrets.token_hash(address)}"
    with transaction(engine) as session:
        of_account = repository.count_attempt(session, by_account, now, rules.WINDOW)
        of_address = repository.count_attempt(session, by_address, now, rules.WINDOW)
        known = repository.member_by_email(session, account)
        stored = known.password_hash if known is not None and known.active else None
    if of_account > rules.TRIES_PER_ACCOUNT or of_address > rules.TRIES_PER_ADDRESS:
        raise TooMany(_SLOW_DOWN)
    right = secrets.password_matches(stored, password[: secrets.LONGEST_PASSWORD + 1])
    if known is None or stored is None or not right:
        raise NotSignedIn(_WRONG)
    with transaction(engine) as session:
        repository.forget_attempts(session, by_account)
        repository.uncount_attempt(session, by_address)
        member = find(session, known.id)
        if secrets.needs_rehash(stored):
            member.password_hash = secrets.hash_password(password)
        return member.id, start_session(session, member.id, now)


def sign_out(session: Session, token: str) -> None:
    """End the session of one browser."""
    repository.sign_out(session, token)


def add(session: Session, member: NewMember, actor: Principal, now: datetime) -> Member:
    """Add a member with an initial password."""
    checked = rules.checked(member)
    rules.check_may_manage(actor.role, {checked.role})
    repository.lock_owners(session)
    if repository.member_by_email(session, checked.email) is not None:
        raise Conflict(_ADDRESS_TAKEN, fields=(FieldProblem("/email", _ADDRESS_TAKEN),))
    return _store(session, checked, actor, now)


def change(session: Session, member_id: str, wanted: MemberChange, actor: Principal, now: datetime) -> Member:
    """Change a member; a new role, password or deactivation ends the member's sessions."""
    repository.lock_owners(session)
    member = find(session, member_id)
    role = wanted.role or member.role
    rules.check_may_manage(actor.role, {member.role, role})
    rules.check_role(role)
    active = member.active if wanted.active is None else wanted.active
    if member.active and member.role == OWNER and not (active and role == OWNER):
        _check_another_owner(session, member_id)
    before = told(member)
    member.name = member.name if wanted.name is None else rules.check_name(wanted.name)
    if wanted.password is not None:
        rules.check_password(wanted.password, member.email)
        member.password_hash = secrets.hash_password(wanted.password)
    if wanted.password is not None or not active or role != member.role:
        repository.sign_out_everywhere(session, member_id)
    member.role, member.active = role, active
    _record(session, actor, "members.change", member, before, now, new_password=wanted.password is not None)
    return member


def change_self(
    session: Session, principal: Principal, wanted: MemberChange, current: str | None, token: str, now: datetime
) -> Member:
    """Change one's own name, language or password; a new password ends all other sessions."""
    member = find(session, principal.member_id)
    before = told(member)
    member.name = member.name if wanted.name is None else rules.check_name(wanted.name)
    member.language = wanted.language or member.language
    if wanted.password is not None:
        if not secrets.password_matches(member.password_hash, current or ""):
            wrong = Text("The current password is wrong.", "当前密码不正确。")
            raise Invalid(wrong, fields=(FieldProblem("/current_password", wrong),))
        rules.check_password(wanted.password, member.email)
        member.password_hash = secrets.hash_password(wanted.password)
        repository.sign_out_everywhere(session, member.id, but=token)
    _record(session, principal, "members.change_self", member, before, now, new_password=wanted.password is not None)
    return member


def told(member: Member) -> dict[str, object]:
    """Return a member as the audit log tells it: no secrets."""
    return {
        "name": member.name,
        "email": member.email,
        "role": member.role,
        "active": member.active,
        "language": member.language,
    }


def _store(session: Session, checked: NewMember, actor: Principal | None, now: datetime) -> Member:
    member = Member(
        id=new_id("mem"),
        name=checked.name,
        email=checked.email,
        password_hash=secrets.hash_password(checked.password),
        role=checked.role,
        language=checked.language,
        active=True,
        created_at=now,
    )
    repository.add(session, member)
    maker = actor or Principal("member", member.id, member.name, member.role, permissions_of(member.role), member.id)
    audit.record(session, maker, audit.Change("members.create", "member", member.id, None, told(member)), now)
    return member


def _record(
    session: Session,
    actor: Principal,
    act: str,
    member: Member,
    before: dict[str, object],
    now: datetime,
    *,
    new_password: bool,
) -> None:
    after = {**told(member), "password_changed": True} if new_password else told(member)
    if before != after:
        audit.record(session, actor, audit.Change(act, "member", member.id, before, after), now)


def find(session: Session, member_id: str) -> Member:
    """Return one member, or raise ``NotFound``."""
    member = repository.member(session, member_id)
    if member is None:
        raise NotFound(Text(f"There is no member {member_id}.", f"没有编号为 {member_id} 的成员。"))
    return member


def _check_another_owner(session: Session, member_id: str) -> None:
    if set(repository.active_owners(session)) <= {member_id}:
        raise Conflict(_LAST_OWNER, remedy=Text("Make somebody else an owner first.", "请先指定另一位所有者。"))


def listed(session: Session) -> list[dict[str, object]]:
    """Return every member as the command line shows them."""
    return [{"id": member.id, **told(member)} for member in repository.members_after(session, None, MOST_LISTED)]


def by_email(session: Session, email: str) -> Member:
    """Return the member with an address, or raise ``NotFound``."""
    member = repository.member_by_email(session, rules.normal_email(email) or email)
    if member is None:
        raise NotFound(Text(f"There is no member {email}.", f"没有成员 {email}。"))
    return member


def operator(session: Session) -> Principal:
    """Return the person at the command line: whoever can run commands on the stores acts for an owner."""
    owners = list(repository.active_owners(session))
    if not owners:
        raise NotFound(
            Text("This workspace has no owner yet.", "该工作区还没有所有者。"),
            remedy=Text(
                "Add one: tenure member add you@example.com --name You",
                "请先添加：tenure member add you@example.com --name 姓名",
            ),
        )
    return Principal("member", owners[0], "command line", OWNER, permissions_of(OWNER), owners[0])
