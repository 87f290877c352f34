"""The one door to PostgreSQL: an engine, a transaction, and the base of every table."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Literal

from sqlalchemy import BigInteger, DateTime, Engine, MetaData, Text, create_engine, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

__all__ = [
    "Base",
    "Engine",
    "Json",
    "Moment",
    "Session",
    "Trouble",
    "advisory_lock",
    "count",
    "libpq",
    "open_engine",
    "server_version",
    "transaction",
    "trouble_of",
    "with_driver",
]

_CREATING = 7_368_774  # advisory lock
Trouble = Literal["no_such_row", "refused", "busy", "broken"]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Json = dict[str, object] | list[object]
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]


class Base(DeclarativeBase):
    """The base of every stored row; columns are text, bigint, timestamptz and jsonb unless a table says otherwise."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        str: Text,
        int: BigInteger,
        datetime: DateTime(timezone=True),
        Json: JSONB,
        dict[str, object]: JSONB,
        list[object]: JSONB,
        list[str]: JSONB,
        dict[str, str]: JSONB,
    }


def open_engine(url: str, *, pool_size: int = 10) -> Engine:
    """Open a pool of connections; every session speaks UTC."""
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=10,
        pool_pre_ping=True,
        hide_parameters=True,  # what stands in a statement may be about a person, and errors are logged
        connect_args={"options": "-c timezone=utc", "application_name": "tenure"},
    )


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Give a session whose work is committed whole at the end, or not at all."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def advisory_lock(engine: Engine, key: int, *, shared: bool = False) -> Iterator[None]:
    """Hold one of PostgreSQL's advisory locks for as long as the block runs, waiting for whoever holds it."""
    kind = "_shared" if shared else ""
    with engine.connect() as connection:
        connection.execute(text(f"SELECT pg_advisory_xact_lock{kind}(:key)"), {"key": key})
        yield


def create_database(server_url: str, name: str) -> None:
    """Create a database on a server when it is not there; two processes take turns."""
    admin = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _CREATING})
        if not connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}):
            connection.execute(text(f"CREATE DATABASE {admin.dialect.identifier_preparer.quote(name)}"))
    admin.dispose()


def server_version(session: Session) -> str:
    """Return the version of the PostgreSQL that answers."""
    return str(session.scalar(text("SHOW server_version")))


def count(session: Session, question: str, **values: object) -> int:
    """Return the one number a fixed SQL question asks for, its parameters given by name."""
    return int(session.scalar(text(question), values) or 0)


def with_driver(url: str) -> str:
    """Name our driver in a database address such as ``postgresql://…``."""
    scheme, rest = url.split("://", 1)
    return url if "+" in scheme else f"postgresql+psycopg://{rest}"


def libpq(engine: Engine) -> str:
    """Spell the address of an engine as libpq key words, as other programs want it."""
    url = engine.url
    host = url.query.get("host") or url.host
    words = {
        "host": host if isinstance(host, str) else None,
        "port": url.port,
        "dbname": url.database,
        "user": url.username,
        "password": url.password,
    }
    return " ".join(f"{name}={_spelled(str(value))}" for name, value in words.items() if value is not None)


def _spelled(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return value if value and not set(value) & {" ", "'", "\\"} else f"'{escaped}'"


def trouble_of(error: BaseException) -> Trouble | None:
    """Say what a database error means for who asked: a row named is not there, a rule forbids it, others hold it, the line is down."""
    if not isinstance(error, DBAPIError):
        return None
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if state == "23503":
        return "no_such_row"
    if state.startswith(("23", "22")):
        return "refused"
    if state.startswith(("55", "40", "57014", "25006")):
        return "busy"
    return "broken" if not state or state.startswith(("08", "57P", "53")) else None
