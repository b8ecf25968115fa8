"""Finished pages: public bytes of an edition, so that they are made once and not once a process."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "finished_page",
        sa.Column("path", sa.String(100), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("etag", sa.String(26), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("zipped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("path", "lang", name="pk_finished_page"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("finished_page")
