"""The lake hears of messages that were closed on the site without a press."""

from alembic import op

revision = "0028"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TRIGGER note_dismissed AFTER INSERT ON send_events
        FOR EACH ROW WHEN (NEW.what = 'dismissed') EXECUTE FUNCTION note_message_news()""")
    op.execute("INSERT INTO message_news (send_id) SELECT DISTINCT send_id FROM send_events WHERE what = 'dismissed'")


def downgrade() -> None:
    op.execute("DROP TRIGGER note_dismissed ON send_events")
