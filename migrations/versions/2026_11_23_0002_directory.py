"""The directory: workspace, members, keys, audit log, customers and all that hangs on them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TEXT = sa.Text
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


def upgrade() -> None:
    _workspace()
    _credentials()
    _audit()
    _customers()
    _hanging_on_customers()
    _summaries()
    _filters_and_attributes()
    _idempotency()


def _workspace() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("time_zone", TEXT, nullable=False),
        sa.Column("churn_kind", TEXT, nullable=False),
        sa.Column("churn_window_days", sa.BigInteger, nullable=False),
        sa.Column("churn_grace_days", sa.BigInteger, nullable=False),
        sa.Column("tier_a_share", sa.Float, nullable=False),
        sa.Column("tier_b_share", sa.Float, nullable=False),
        sa.Column("demo_email", TEXT),
        sa.Column("demo_password", TEXT),
        sa.CheckConstraint("id = 1", name="ck_workspace_one_row"),
        sa.CheckConstraint("churn_kind in ('inactivity','subscription_end')", name="ck_workspace_churn_kind"),
    )


def _credentials() -> None:
    op.create_table(
        "members",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("email", TEXT, nullable=False),
        sa.Column("password_hash", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT),
        sa.CheckConstraint(
            "role in ('owner','manager','marketer','agent','sales','analyst','viewer')", name="ck_members_role"
        ),
        sa.CheckConstraint("language in ('en','zh')", name="ck_members_language"),
    )
    op.create_index("uq_members_email", "members", ["email"], unique=True)
    op.create_table(
        "sign_ins",
        sa.Column("token_hash", TEXT, primary_key=True),
        sa.Column("member_id", TEXT, sa.ForeignKey("members.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
    )
    op.create_index("ix_sign_ins_member_id", "sign_ins", ["member_id"])
    op.create_table(
        "api_keys",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("secret_hash", TEXT, nullable=False),
        sa.Column("prefix", TEXT, nullable=False),
        sa.Column("scopes", JSONB, nullable=False),
        sa.Column("created_by", TEXT, sa.ForeignKey("members.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT),
        sa.Column("last_used_at", MOMENT),
        sa.Column("revoked_at", MOMENT),
    )
    op.create_index("uq_api_keys_secret_hash", "api_keys", ["secret_hash"], unique=True)
    op.create_table(
        "sign_in_attempts",
        sa.Column("subject", TEXT, primary_key=True),
        sa.Column("failures", sa.BigInteger, nullable=False),
        sa.Column("since", MOMENT, nullable=False, server_default=sa.func.now()),
    )


def _audit() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_kind", TEXT, nullable=False),
        sa.Column("actor_id", TEXT, nullable=False),
        sa.Column("actor_name", TEXT, nullable=False),
        sa.Column("act", TEXT, nullable=False),
        sa.Column("subject_kind", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("before", JSONB),
        sa.Column("after", JSONB),
    )
    op.create_index("ix_audit_log_subject", "audit_log", ["subject_kind", "subject_id", "id"])
    op.execute("""
        CREATE FUNCTION audit_log_stays() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$""")
    op.execute("""
        CREATE TRIGGER audit_log_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
        FOR EACH STATEMENT EXECUTE FUNCTION audit_log_stays()""")


def _customers() -> None:
    op.create_table(
        "customers",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("name", TEXT),
        sa.Column("email", TEXT),
        sa.Column("phone", TEXT),
        sa.Column("wecom_id", TEXT),
        sa.Column("company", TEXT),
        sa.Column("country", TEXT),
        sa.Column("region", TEXT),
        sa.Column("city", TEXT),
        sa.Column("gender", TEXT),
        sa.Column("birthday", sa.Date),
        sa.Column("language", TEXT),
        sa.Column("channel", TEXT),
        sa.Column("joined_at", MOMENT),
        sa.Column("left_at", MOMENT),
        sa.Column("left_reason", TEXT),
        sa.Column("attributes", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb")),
        sa.Column("aliases", TEXT, nullable=False, server_default=sa.text("''::text")),
        sa.Column("own", JSONB),
        sa.Column("merged_into", TEXT),
        sa.Column("merged_at", MOMENT),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("search", TSVECTOR, sa.Computed(SEARCH_TERMS, persisted=True), nullable=False),
    )
    op.create_index(
        "ix_customers_attributes",
        "customers",
        ["attributes"],
        postgresql_using="gin",
        postgresql_ops={"attributes": "jsonb_path_ops"},
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_customers_city", "customers", ["city", "id"])
    op.create_index("ix_customers_country", "customers", ["country", "id"])
    op.create_index("ix_customers_email", "customers", ["email", "id"])
    op.create_index("ix_customers_joined_at", "customers", ["joined_at", "id"])
    op.create_index(
        "ix_customers_merged_into", "customers", ["merged_into"], postgresql_where=sa.text("merged_into is not null")
    )
    op.create_index("ix_customers_name", "customers", ["name", "id"])
    op.create_index("ix_customers_phone", "customers", ["phone", "id"])
    op.create_index(
        "ix_customers_search", "customers", ["search"], postgresql_using="gin", postgresql_with={"fastupdate": "off"}
    )


def _hanging_on_customers() -> None:
    op.create_table(
        "customer_identifiers",
        sa.Column("customer_id", TEXT, sa.ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("kind", TEXT, primary_key=True),
        sa.Column("value", TEXT, primary_key=True),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("import_id", TEXT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("kind in ('external','email','phone','wecom')", name="ck_customer_identifiers_kind"),
    )
    op.create_index("ix_customer_identifiers_value", "customer_identifiers", ["kind", "value"])
    op.create_table(
        "customer_imports",
        sa.Column("import_id", TEXT, primary_key=True),
        sa.Column("customer_id", TEXT, sa.ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("inserted", sa.Boolean, nullable=False),
        sa.Column("before", JSONB),
        sa.Column("after", JSONB),
    )
    op.create_index("ix_customer_imports_customer_id", "customer_imports", ["customer_id"])
    op.create_table(
        "consents",
        sa.Column("customer_id", TEXT, sa.ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("purpose", TEXT, primary_key=True),
        sa.Column("channel", TEXT, primary_key=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("import_id", TEXT),
        sa.CheckConstraint("state in ('granted','withdrawn')", name="ck_consents_state"),
    )
    op.create_index(
        "ix_consents_withdrawn", "consents", ["purpose", "channel"], postgresql_where=sa.text("state = 'withdrawn'")
    )
    op.create_table(
        "customer_merges",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("kept_id", TEXT, sa.ForeignKey("customers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("merged_id", TEXT, sa.ForeignKey("customers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("merged_at", MOMENT, nullable=False),
        sa.Column("merged_by", TEXT),
        sa.Column("undone_at", MOMENT),
    )
    op.create_index("ix_customer_merges_kept_id", "customer_merges", ["kept_id"])
    op.create_index(
        "uq_customer_merges_active",
        "customer_merges",
        ["merged_id"],
        unique=True,
        postgresql_where=sa.text("undone_at is null"),
    )


def _summaries() -> None:
    op.create_table(
        "customer_summaries",
        sa.Column("customer_id", TEXT, primary_key=True),
        sa.Column("orders", sa.BigInteger),
        sa.Column("revenue", sa.Numeric(18, 4)),
        sa.Column("first_order_at", MOMENT),
        sa.Column("last_order_at", MOMENT),
        sa.Column("usual_gap_days", sa.Float),
        sa.Column("churn_risk", sa.Float),
        sa.Column("churn_risk_low", sa.Float),
        sa.Column("churn_risk_high", sa.Float),
        sa.Column("tier", TEXT),
        sa.Column("value_90", sa.Float),
        sa.Column("value_365", sa.Float),
        sa.Column("value_365_low", sa.Float),
        sa.Column("value_365_high", sa.Float),
        sa.Column("expected_orders_90", sa.Float),
        sa.Column("expected_orders_365", sa.Float),
        sa.Column("next_order_at", sa.Date),
        sa.Column("probability_of_order_90", sa.Float),
        sa.Column("rfm", TEXT),
        sa.Column("reasons", JSONB),
        sa.Column("model", TEXT),
        sa.Column("model_version", TEXT),
        sa.Column("snapshot", sa.BigInteger),
        sa.Column("as_of", MOMENT),
    )
    op.create_index("ix_customer_summaries_churn_risk", "customer_summaries", ["churn_risk", "customer_id"])
    op.create_index("ix_customer_summaries_first_order_at", "customer_summaries", ["first_order_at", "customer_id"])
    op.create_index("ix_customer_summaries_last_order_at", "customer_summaries", ["last_order_at", "customer_id"])
    op.create_index("ix_customer_summaries_next_order_at", "customer_summaries", ["next_order_at", "customer_id"])
    op.create_index("ix_customer_summaries_orders", "customer_summaries", ["orders", "customer_id"])
    op.create_index("ix_customer_summaries_revenue", "customer_summaries", ["revenue", "customer_id"])
    op.create_index("ix_customer_summaries_tier", "customer_summaries", ["tier", "customer_id"])
    op.create_index("ix_customer_summaries_value_365", "customer_summaries", ["value_365", "customer_id"])


def _filters_and_attributes() -> None:
    op.create_table(
        "attribute_definitions",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("label_en", TEXT, nullable=False),
        sa.Column("label_zh", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("choices", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb")),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("type in ('text','number','date','choice')", name="ck_attribute_definitions_type"),
    )
    op.create_table(
        "saved_filters",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("member_id", TEXT, sa.ForeignKey("members.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("query", TEXT, nullable=False),
        sa.Column("filter", JSONB, nullable=False),
        sa.Column("sort", TEXT, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("ix_saved_filters_member_id", "saved_filters", ["member_id"])


def _idempotency() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("caller", TEXT, primary_key=True),
        sa.Column("key", TEXT, primary_key=True),
        sa.Column("request_hash", TEXT, nullable=False),
        sa.Column("status", sa.BigInteger),
        sa.Column("content_type", TEXT),
        sa.Column("body", sa.LargeBinary),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead: going back would lose who is who")
