"""Customers as they are stored, and everything that hangs on one."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Computed, Date, Float, ForeignKey, Index, Numeric, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base

# Words are found by their beginning, Chinese by any characters that stand together (single ones and pairs are
# terms of their own), telephone numbers by their digits with and without the country and by their last four.
_NAMES = "left(coalesce(name, ''), 200) || left(coalesce(company, ''), 200)"
_HAN = f"regexp_replace({_NAMES}, '[^぀-ヿ㐀-䶿一-鿿가-힯]+', '', 'g')"
_DIGITS = "regexp_replace(left(coalesce(phone, ''), 40), '[^0-9]+', '', 'g')"
SEARCH_TERMS = f"""array_to_tsvector(array_remove(string_to_array(regexp_replace(lower(
    left(id, 200) || ' ' || left(coalesce(email, ''), 254)
    || ' ' || regexp_replace(left(coalesce(email, ''), 254), '[@._+-]+', ' ')
    || ' ' || split_part(left(coalesce(email, ''), 254), '@', 2)
    || ' ' || left(coalesce(name, ''), 200) || ' ' || left(coalesce(company, ''), 200)
    || ' ' || regexp_replace(left(coalesce(name, ''), 200), '[^[:alnum:]]+', ' ', 'g')
    || ' ' || regexp_replace({_HAN}, '(.)', '\\1 ', 'g')
    || ' ' || regexp_replace({_HAN}, '(..)', '\\1 ', 'g')
    || ' ' || regexp_replace(substr({_HAN}, 2), '(..)', '\\1 ', 'g')
    || ' ' || {_DIGITS} || ' ' || right({_DIGITS}, 11) || ' ' || right({_DIGITS}, 10) || ' ' || right({_DIGITS}, 4)
    || ' ' || left(coalesce(wecom_id, ''), 200) || ' ' || aliases
), '[[:space:],;|/]+', ' ', 'g'), ' '), ''))"""


class Customer(Base):
    """One customer; a record merged into another stays, hidden, with ``merged_into`` naming the visible one.

    A visible record that others were merged into shows what they know where it knows nothing itself; what it
    knew itself is kept in ``own`` until the last of them is separated again.
    """

    __tablename__ = "customers"
    __table_args__ = (
        Index("ix_customers_search", "search", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
        Index(
            "ix_customers_attributes",
            "attributes",
            postgresql_using="gin",
            postgresql_ops={"attributes": "jsonb_path_ops"},
            postgresql_with={"fastupdate": "off"},
        ),
        Index("ix_customers_name", "name", "id"),
        Index("ix_customers_email", "email", "id"),
        Index("ix_customers_phone", "phone", "id"),
        Index("ix_customers_country", "country", "id"),
        Index("ix_customers_city", "city", "id"),
        Index("ix_customers_joined_at", "joined_at", "id"),
        Index("ix_customers_merged_into", "merged_into", postgresql_where=text("merged_into is not null")),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    wecom_id: Mapped[str | None]
    company: Mapped[str | None]
    country: Mapped[str | None]
    region: Mapped[str | None]
    city: Mapped[str | None]
    gender: Mapped[str | None]
    birthday: Mapped[date | None] = mapped_column(Date)
    language: Mapped[str | None]
    channel: Mapped[str | None]
    joined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    left_reason: Mapped[str | None]
    attributes: Mapped[dict[str, object]] = mapped_column(server_default=text("'{}'::jsonb"))
    aliases: Mapped[str] = mapped_column(server_default=text("''::text"))
    own: Mapped[dict[str, object] | None]
    merged_into: Mapped[str | None]
    merged_at: Mapped[datetime | None]
    source: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    search: Mapped[str] = mapped_column(TSVECTOR, Computed(SEARCH_TERMS, persisted=True), deferred=True)


class CustomerIdentifier(Base):
    """One way to recognise a customer: an id in another system, an e-mail address, a telephone number, a WeCom id."""

    __tablename__ = "customer_identifiers"
    __table_args__ = (
        Index("ix_customer_identifiers_value", "kind", "value"),
        CheckConstraint("kind in ('external','email','phone','wecom')", name="kind"),
    )

    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    import_id: Mapped[str | None]
    created_at: Mapped[datetime]


class CustomerImport(Base):
    """An import that spoke of a customer: whether it brought the customer, and what it changed."""

    __tablename__ = "customer_imports"
    __table_args__ = (Index("ix_customer_imports_customer_id", "customer_id"),)

    import_id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    inserted: Mapped[bool]
    before: Mapped[dict[str, object] | None]
    after: Mapped[dict[str, object] | None]


class Consent(Base):
    """Whether a customer agreed to be reached for a purpose over a channel: the newest word of the consent ledger."""

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("state in ('granted','withdrawn','pending')", name="state"),
        Index("ix_consents_withdrawn", "purpose", "channel", postgresql_where=text("state = 'withdrawn'")),
    )

    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    purpose: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    at: Mapped[datetime]
    source: Mapped[str]
    import_id: Mapped[str | None]
    basis: Mapped[str] = mapped_column(server_default=text("'consent'::text"))
    wording: Mapped[str | None]


class CustomerMerge(Base):
    """One merge of two records; ``undone_at`` is set when they were separated again."""

    __tablename__ = "customer_merges"
    __table_args__ = (
        Index("uq_customer_merges_active", "merged_id", unique=True, postgresql_where=text("undone_at is null")),
        Index("ix_customer_merges_kept_id", "kept_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kept_id: Mapped[str] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    merged_id: Mapped[str] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    merged_at: Mapped[datetime]
    merged_by: Mapped[str | None]
    undone_at: Mapped[datetime | None]


class AttributeDefinition(Base):
    """A custom attribute: its label in both languages and its type."""

    __tablename__ = "attribute_definitions"
    __table_args__ = (CheckConstraint("type in ('text','number','date','choice')", name="type"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    label_en: Mapped[str]
    label_zh: Mapped[str]
    type: Mapped[str]
    choices: Mapped[list[str]] = mapped_column(server_default=text("'[]'::jsonb"))
    created_at: Mapped[datetime]


class SavedFilter(Base):
    """A list somebody wants to see again; a shared one is seen by everybody."""

    __tablename__ = "saved_filters"
    __table_args__ = (Index("ix_saved_filters_member_id", "member_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    name: Mapped[str]
    query: Mapped[str]
    filter: Mapped[dict[str, object]]
    sort: Mapped[str]
    shared: Mapped[bool]
    created_at: Mapped[datetime]


class CustomerSummary(Base):
    """The numbers of one customer, copied from the lake after every refresh; every customer has a row."""

    __tablename__ = "customer_summaries"
    __table_args__ = (
        Index("ix_customer_summaries_churn_risk", "churn_risk", "customer_id"),
        Index("ix_customer_summaries_value_365", "value_365", "customer_id"),
        Index("ix_customer_summaries_orders", "orders", "customer_id"),
        Index("ix_customer_summaries_revenue", "revenue", "customer_id"),
        Index("ix_customer_summaries_first_order_at", "first_order_at", "customer_id"),
        Index("ix_customer_summaries_last_order_at", "last_order_at", "customer_id"),
        Index("ix_customer_summaries_next_order_at", "next_order_at", "customer_id"),
        Index("ix_customer_summaries_tier", "tier", "customer_id"),
    )

    customer_id: Mapped[str] = mapped_column(primary_key=True)
    orders: Mapped[int | None]
    revenue: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    first_order_at: Mapped[datetime | None]
    last_order_at: Mapped[datetime | None]
    usual_gap_days: Mapped[float | None] = mapped_column(Float)
    churn_risk: Mapped[float | None] = mapped_column(Float)
    churn_risk_low: Mapped[float | None] = mapped_column(Float)
    churn_risk_high: Mapped[float | None] = mapped_column(Float)
    tier: Mapped[str | None]
    value_90: Mapped[float | None] = mapped_column(Float)
    value_365: Mapped[float | None] = mapped_column(Float)
    value_365_low: Mapped[float | None] = mapped_column(Float)
    value_365_high: Mapped[float | None] = mapped_column(Float)
    expected_orders_90: Mapped[float | None] = mapped_column(Float)
    expected_orders_365: Mapped[float | None] = mapped_column(Float)
    next_order_at: Mapped[date | None] = mapped_column(Date)
    probability_of_order_90: Mapped[float | None] = mapped_column(Float)
    rfm: Mapped[str | None]
    reasons: Mapped[list[object] | None]
    model: Mapped[str | None]
    model_version: Mapped[str | None]
    snapshot: Mapped[int | None]
    as_of: Mapped[datetime | None]
