"""The issuer: copies of the directory, sealed keys, two hashes for each mailbox, the chain."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

HASH = sa.LargeBinary(32)
ID = sa.LargeBinary(16)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "known_employer",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("name_zh", sa.String(120)),
        sa.PrimaryKeyConstraint("id", name="pk_known_employer"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "known_domain",
        sa.Column("domain", sa.String(253), nullable=False),
        sa.Column("employer_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("domain", name="pk_known_domain"),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["known_employer.id"],
            name="fk_known_domain_employer_id_known_employer",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_known_domain_employer_id", "known_domain", ["employer_id"])
    op.create_table(
        "signing_quarter",
        sa.Column("quarter", sa.String(6), nullable=False),
        sa.Column("sealed_pepper", sa.LargeBinary(60), nullable=False),
        sa.Column("weighed", sa.Date()),
        sa.PrimaryKeyConstraint("quarter", name="pk_signing_quarter"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "signing_key",
        sa.Column("id", HASH, nullable=False),
        sa.Column("quarter", sa.String(6), nullable=False),
        sa.Column("employer_id", ID, nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False),
        sa.Column("gathered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_signing_key"),
        sa.UniqueConstraint("quarter", "employer_id", name="uq_signing_key_quarter_employer_id"),
        sa.ForeignKeyConstraint(
            ["quarter"],
            ["signing_quarter.quarter"],
            name="fk_signing_key_quarter_signing_quarter",
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "issued",
        sa.Column("mark", HASH, nullable=False),
        sa.Column("request", HASH, nullable=False),
        sa.Column("quarter", sa.String(6), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_issued"),
        sa.ForeignKeyConstraint(
            ["quarter"], ["signing_quarter.quarter"], name="fk_issued_quarter_signing_quarter"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_issued_quarter", "issued", ["quarter"])
    op.create_table(
        "chain_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_chain_entry"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "chain_entry",
        "issued",
        "signing_key",
        "signing_quarter",
        "known_domain",
        "known_employer",
    ):
        op.drop_table(table)
