"""Held cohorts, what was decided of them, and about how many reports wait."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "held_cohort",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("employer_id", sa.LargeBinary(16), nullable=False),
        sa.Column("stratum", sa.String(13), nullable=False),
        sa.Column("quarter", sa.String(6), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("least", sa.SmallInteger(), nullable=False),
        sa.Column("epsilon", sa.Float(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_held_cohort"),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name="fk_held_cohort_employer_id_employer"
        ),
        sa.ForeignKeyConstraint(
            ["release"], ["release.number"], name="fk_held_cohort_release_release"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_held_cohort_employer_id", "held_cohort", ["employer_id"])
    op.create_table(
        "cohort_note",
        sa.Column("employer_id", sa.LargeBinary(16), nullable=False),
        sa.Column("stratum", sa.String(13), nullable=False),
        sa.Column("quarter", sa.String(6), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint(
            "employer_id", "stratum", "quarter", "outcome", name="pk_cohort_note"
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name="fk_cohort_note_employer_id_employer"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "waiting",
        sa.Column("employer_id", sa.LargeBinary(16), nullable=False),
        sa.Column("stratum", sa.String(13), nullable=False),
        sa.Column("about", sa.Integer(), nullable=False),
        sa.Column("burst", sa.Integer()),
        sa.PrimaryKeyConstraint("employer_id", "stratum", name="pk_waiting"),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name="fk_waiting_employer_id_employer"
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the tables; the reports of a cohort that is held stay frozen."""
    for table in ("waiting", "cohort_note", "held_cohort"):
        op.drop_table(table)
