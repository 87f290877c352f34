"""News of sends that the lake has not heard yet."""

from sqlalchemy import Identity
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class MessageNews(Base):
    """Something happened to a send; written by the database beside the event itself, so that none is missed."""

    __tablename__ = "message_news"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    send_id: Mapped[str]
