"""What employers answer."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reply",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("subject", sa.LargeBinary(16), nullable=False),
        sa.Column("employer_id", sa.LargeBinary(16), nullable=False),
        sa.Column("thread_id", sa.LargeBinary(16)),
        sa.Column("staff_id", sa.LargeBinary(16), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("day", sa.Date()),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("judged", sa.Boolean(), nullable=False),
        sa.Column("severity", sa.SmallInteger()),
        sa.Column("why", sa.String(120)),
        sa.Column("waits_since", sa.Date()),
        sa.Column("hidden_until", sa.Date()),
        sa.Column("strike_until", sa.Date()),
        sa.Column("holder", sa.LargeBinary(16)),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_reply"),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name="fk_reply_employer_id_employer"
        ),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name="fk_reply_thread_id_thread"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_reply_staff_id_staff"),
        sa.UniqueConstraint("subject", name="uq_reply_subject"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_reply_employer_id", "reply", ["employer_id"])
    op.create_index("ix_reply_severity", "reply", ["severity"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("reply")
