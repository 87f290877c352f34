"""The one door to PostgreSQL: an engine, a transaction, and the base of every table."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

from sqlalchemy import BigInteger, DateTime, Engine, MetaData, Text, create_engine
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

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
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a class attribute
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
        connect_args={"options": "-c timezone=utc", "application_name": "tenure"},
    )


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Give a session whose work is committed whole at the end, or not at all."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session
