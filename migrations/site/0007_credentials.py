"""Credentials: which were spent, and the issuer's directory as last copied."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "spent_credential",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.Column("tag", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_spent_credential"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_spent_credential_key", "spent_credential", ["key"])
    op.create_table(
        "published_directory",
        sa.Column("name", sa.String(10), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_published_directory"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("published_directory")
    op.drop_table("spent_credential")
