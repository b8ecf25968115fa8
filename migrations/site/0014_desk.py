"""The desk: its log, statements, appeals, who decided, kept texts, proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _log()
    _exchange()
    op.create_table(
        "decider",
        sa.Column("item_id", sa.LargeBinary(16), nullable=False),
        sa.Column("staff_id", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "staff_id", name="pk_decider"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_decider_staff_id_staff"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "kept_text",
        sa.Column("item_id", sa.LargeBinary(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_kept_text"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proposal",
        sa.Column("item_id", sa.LargeBinary(16), nullable=False),
        sa.Column("staff_id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(24)),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("item_id", name="pk_proposal"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_proposal_staff_id_staff"),
        sqlite_with_rowid=False,
    )


def _log() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(24)),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("automated", sa.Boolean(), nullable=False),
        sa.Column("before", sa.String(12), nullable=False),
        sa.Column("after", sa.String(12), nullable=False),
        sa.Column("days", sa.String(4), nullable=False),
        sa.Column("outcome", sa.String(10)),
        sa.Column("two", sa.Boolean(), nullable=False),
        sa.Column("item", sa.LargeBinary(32), nullable=False),
        sa.Column("decider", sa.LargeBinary(32), nullable=False),
        sa.Column("employer", sa.LargeBinary(32)),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_entry"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_audit_entry_day", "audit_entry", ["day"])
    head = op.create_table(
        "audit_head",
        sa.Column("name", sa.String(4), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_audit_head"),
        sqlite_with_rowid=False,
    )
    # One row from the beginning, so that writers always find the one that they take turns by.
    op.bulk_insert(head, [{"name": "head", "number": 0, "hash": bytes(32)}])
    op.create_table(
        "audit_opening",
        sa.Column("salt", sa.LargeBinary(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("employer_salt", sa.LargeBinary(32), nullable=False),
        sa.Column("item_id", sa.LargeBinary(16)),
        sa.Column("staff_id", sa.LargeBinary(16)),
        sa.Column("employer_id", sa.LargeBinary(16)),
        sa.PrimaryKeyConstraint("salt", name="pk_audit_opening"),
        sa.UniqueConstraint("number", name="uq_audit_opening_number"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_audit_opening_item_id", "audit_opening", ["item_id"])
    op.create_index("ix_audit_opening_staff_id", "audit_opening", ["staff_id"])


def _exchange() -> None:
    op.create_table(
        "statement",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("item_id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(24), nullable=False),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("automated", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
        sa.UniqueConstraint("number", name="uq_statement_number"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_statement_item_id", "statement", ["item_id"])
    op.create_table(
        "appeal",
        sa.Column("statement_id", sa.LargeBinary(16), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("decided", sa.Date()),
        sa.Column("text", sa.LargeBinary()),
        sa.Column("answer", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("statement_id", name="pk_appeal"),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name="fk_appeal_statement_id_statement"
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        *("proposal", "kept_text", "decider", "appeal", "statement"),
        *("audit_opening", "audit_head", "audit_entry"),
    ):
        op.drop_table(table)
