"""Policy events: what was announced of an employer or a place, and where it stands."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "policy_event",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("employer_id", sa.LargeBinary(16)),
        sa.Column("place", sa.String(2)),
        sa.Column("text", sa.String(200)),
        sa.Column("text_zh", sa.String(200)),
        sa.Column("source", sa.String(1000), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_policy_event"),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name="fk_policy_event_employer_id_employer"
        ),
        sa.CheckConstraint(
            "(employer_id IS NULL) <> (place IS NULL)",
            name=op.f("ck_policy_event_employer_or_place"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_policy_event_employer_id", "policy_event", ["employer_id"])
    op.create_index("ix_policy_event_place", "policy_event", ["place"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("policy_event")
