"""Accounts: a row for each twelve words, mute without them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "account",
        sa.Column("lookup", sa.LargeBinary(32), nullable=False),
        sa.Column("parameters", sa.SmallInteger(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(60), nullable=False),
        sa.Column("box", sa.LargeBinary(1052), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name="pk_account"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("account")
