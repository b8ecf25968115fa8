"""Figures: releases, cohorts, noisy counts, snapshots and the ranking."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "release",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_release"),
        sqlite_with_rowid=False,
    )
    _cohorts()
    _read_by_pages()


def downgrade() -> None:
    """Drop the tables."""
    for table in ("ranking", "snapshot", "cohort_counts", "cohort", "release"):
        op.drop_table(table)


def _cohorts() -> None:
    op.create_table(
        "cohort",
        sa.Column("id", ID, nullable=False),
        sa.Column("employer_id", ID, nullable=False),
        sa.Column("stratum", sa.String(13), nullable=False),
        sa.Column("quarter", sa.String(6), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("least", sa.SmallInteger(), nullable=False),
        sa.Column("epsilon", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cohort"),
        _of_employer("cohort"),
        sa.ForeignKeyConstraint(["release"], ["release.number"], name="fk_cohort_release_release"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_cohort_employer_id", "cohort", ["employer_id"])
    op.create_table(
        "cohort_counts",
        sa.Column("cohort_id", ID, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "kind", name="pk_cohort_counts"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name="fk_cohort_counts_cohort_id_cohort"
        ),
        sqlite_with_rowid=False,
    )


def _read_by_pages() -> None:
    op.create_table(
        "snapshot",
        sa.Column("employer_id", ID, nullable=False),
        sa.Column("stratum", sa.String(13), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("employer_id", "stratum", name="pk_snapshot"),
        _of_employer("snapshot"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ranking",
        sa.Column("stratum", sa.String(13), nullable=False),
        sa.Column("employer_id", ID, nullable=False),
        sa.Column("hours", sa.Float(), nullable=False),
        *(sa.Column(name, sa.SmallInteger(), nullable=False) for name in ("low", "high")),
        sa.Column("overtime", sa.Float()),
        sa.Column("about", sa.Integer(), nullable=False),
        sa.Column("codes", sa.String(20), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("stratum", "employer_id", name="pk_ranking"),
        _of_employer("ranking"),
        sqlite_with_rowid=False,
    )


def _of_employer(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_employer_id_employer"
    return sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=name)
