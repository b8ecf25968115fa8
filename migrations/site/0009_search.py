"""The search index: which text has which number, and the words of each, as each database can."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Only signs of ASCII separate words here, and a hyphen may be in a mark; app/search/words.py has
# cut the text before.
SQLITE = """
CREATE VIRTUAL TABLE search_words USING fts5(
    words, marks, content='', columnsize=0, tokenize='ascii tokenchars ''-'''
)"""
POSTGRESQL = (
    "CREATE TABLE search_words (docid BIGINT CONSTRAINT pk_search_words PRIMARY KEY,"
    " words TSVECTOR NOT NULL)",
    # Without a list of what is still to be sorted in, which every search would have to go through.
    "CREATE INDEX ix_search_words_words ON search_words USING gin (words) WITH (fastupdate = off)",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "search_entry",
        sa.Column("item", sa.LargeBinary(16), nullable=False),
        sa.Column("docid", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("item", name="pk_search_entry"),
        sa.UniqueConstraint("docid", name="uq_search_entry_docid"),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE)
    else:
        for statement in POSTGRESQL:
            op.execute(statement)


def downgrade() -> None:
    """Drop the tables."""
    op.execute("DROP TABLE search_words")
    op.drop_table("search_entry")
