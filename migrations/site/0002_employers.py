"""Employers: the directory and what public tables claim of it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16)
NAMES_THEMSELVES = sa.text("kind IN ('name', 'alias', 'former')")


def upgrade() -> None:
    """Make the tables."""
    _employer()
    _names()
    _cities_and_domains()
    _claims()


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "sourced_claim",
        "employer_domain",
        "employer_city",
        "employer_alias",
        "employer",
    ):
        op.drop_table(table)


def _employer() -> None:
    op.create_table(
        "employer",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("name_zh", sa.String(120)),
        sa.Column("place", sa.String(2), nullable=False),
        sa.Column("industry", sa.String(30)),
        sa.Column("website", sa.String(1000)),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("parent_id", ID),
        sa.Column("merged_into_id", ID),
        sa.Column("canonical_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_employer"),
        sa.UniqueConstraint("slug", name="uq_employer_slug"),
        *(
            sa.ForeignKeyConstraint(
                [column], ["employer.id"], name=f"fk_employer_{column}_employer"
            )
            for column in ("parent_id", "merged_into_id", "canonical_id")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_employer_parent_id", "employer", ["parent_id"])
    op.create_index("ix_employer_canonical_id", "employer", ["canonical_id"])


def _names() -> None:
    op.create_table(
        "employer_alias",
        sa.Column("employer_id", ID, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("alias", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("employer_id", "kind", "key", name="pk_employer_alias"),
        _of_employer("employer_alias"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_employer_alias_key", "employer_alias", ["key"])
    op.create_index(
        "uq_employer_alias_key",
        "employer_alias",
        ["key"],
        unique=True,
        sqlite_where=NAMES_THEMSELVES,
        postgresql_where=NAMES_THEMSELVES,
    )


def _cities_and_domains() -> None:
    op.create_table(
        "employer_city",
        sa.Column("employer_id", ID, nullable=False),
        sa.Column("city", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("employer_id", "city", name="pk_employer_city"),
        _of_employer("employer_city"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_employer_city_city", "employer_city", ["city"])
    op.create_table(
        "employer_domain",
        sa.Column("domain", sa.String(253), nullable=False),
        sa.Column("employer_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("domain", name="pk_employer_domain"),
        _of_employer("employer_domain"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_employer_domain_employer_id", "employer_domain", ["employer_id"])


def _claims() -> None:
    op.create_table(
        "sourced_claim",
        sa.Column("id", ID, nullable=False),
        sa.Column("employer_id", ID, nullable=False),
        sa.Column("source", sa.String(30), nullable=False),
        sa.Column("source_row", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("claim_kind", sa.String(20), nullable=False),
        sa.Column("written", sa.String(120), nullable=False),
        sa.Column("place_written", sa.Text(), nullable=False),
        sa.Column("cities", sa.JSON(), nullable=False),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("schedule_code", sa.String(80)),
        *(sa.Column(name, sa.Integer()) for name in ("start_lo", "start_hi", "end_lo", "end_hi")),
        *(sa.Column(name, sa.Float()) for name in ("days_lo", "days_hi")),
        *(sa.Column(name, sa.Integer()) for name in ("presence_lo", "presence_hi")),
        sa.Column("month", sa.String(7)),
        sa.Column("month_written", sa.Text(), nullable=False),
        sa.Column("evidence_urls", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sourced_claim"),
        _of_employer("sourced_claim"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sourced_claim_employer_id", "sourced_claim", ["employer_id"])


def _of_employer(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_employer_id_employer"
    return sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=name)
