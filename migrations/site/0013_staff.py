"""The named accounts: staff, recovery codes, sessions, ties to employers."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "staff",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("role", sa.String(14), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password", sa.String(120)),
        sa.Column("secret", sa.LargeBinary(80)),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("setup", sa.LargeBinary(32)),
        sa.Column("setup_until", sa.Date()),
        sa.Column("employer_id", sa.LargeBinary(16)),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("name", name="uq_staff_name"),
        sa.UniqueConstraint("setup", name="uq_staff_setup"),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name="fk_staff_employer_id_employer"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("staff_id", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_recovery_code"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_recovery_code_staff_id_staff"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_recovery_code_staff_id", "recovery_code", ["staff_id"])
    op.create_table(
        "staff_session",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("staff_id", sa.LargeBinary(16), nullable=False),
        sa.Column("began", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proven", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("digest", name="pk_staff_session"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_session_staff_id_staff"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_staff_session_staff_id", "staff_session", ["staff_id"])
    op.create_table(
        "tie",
        sa.Column("staff_id", sa.LargeBinary(16), nullable=False),
        sa.Column("employer_id", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "employer_id", name="pk_tie"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_tie_staff_id_staff"),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name="fk_tie_employer_id_employer"
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("tie", "staff_session", "recovery_code", "staff"):
        op.drop_table(table)
