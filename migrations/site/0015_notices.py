"""Outside parties: notices, and the steps of those that name a law."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "notice",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("receipt", sa.LargeBinary(32), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("item_id", sa.LargeBinary(16), nullable=False),
        sa.Column("party", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(24), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("outcome", sa.String(10)),
        sa.Column("given", sa.String(24)),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("decided", sa.Date()),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("contact", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sa.UniqueConstraint("receipt", name="uq_notice_receipt"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_notice_item_id", "notice", ["item_id"])
    op.create_table(
        "legal_case",
        sa.Column("notice_id", sa.LargeBinary(16), nullable=False),
        sa.Column("place", sa.String(2), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(10)),
        sa.Column("sealed", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("notice_id", name="pk_legal_case"),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name="fk_legal_case_notice_id_notice"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_legal_case_until", "legal_case", ["until"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("legal_case")
    op.drop_table("notice")
