"""The index's own table; the words are in `search_words`, which each database has in its own way.

On SQLite that is a contentless FTS5 table whose rowid is the docid; on PostgreSQL a table of docid
and tsvector. Neither is in the metadata: both are made from the texts and can be made again.
"""

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Identifier


class SearchEntry(Base):
    """One indexed text: the id of the row that owns it, and its random number in the index.

    docid: 62 bits; the high ones count the day the text appeared, as it is shown anyway, and 46
    random ones give an order inside the day that is nobody's.
    """

    __tablename__ = "search_entry"

    item: Mapped[bytes] = mapped_column(Identifier, primary_key=True)
    docid: Mapped[int] = mapped_column(BigInteger, unique=True)
