"""Hour reports: raw, of nobody, until a release freezes them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "hour_report",
        sa.Column("id", ID, nullable=False),
        sa.Column("tag", ID, nullable=False),
        sa.Column("mine", ID, nullable=False),
        sa.Column("employer_id", ID),
        sa.Column("quarter", sa.String(6), nullable=False),
        sa.Column("cohort_id", ID),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("verify_later", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.SmallInteger()) for name in ("start", "end")),
        sa.Column("days", sa.Float()),
        *(
            sa.Column(name, sa.SmallInteger())
            for name in ("lunch", "dinner", "friday_end", "official_end")
        ),
        sa.Column("city", sa.String(60)),
        *(sa.Column(name, sa.String(20)) for name in ("role", "pay", "choice", "reached")),
        sa.Column("rest_days", sa.SmallInteger()),
        sa.Column("ill", sa.String(20)),
        sa.Column("burnout", sa.SmallInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_hour_report"),
        sa.UniqueConstraint("tag", name="uq_hour_report_tag"),
        sa.UniqueConstraint("mine", name="uq_hour_report_mine"),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name="fk_hour_report_employer_id_employer"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_hour_report_employer_id", "hour_report", ["employer_id"])
    op.create_index("ix_hour_report_cohort_id", "hour_report", ["cohort_id"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("hour_report")
