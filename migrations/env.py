"""Run migrations on the connection that the caller hands over (app/ops/migrating.py)."""

from alembic import context

import app.web.editions  # noqa: F401 (its table)
from app.db import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, compare_type=True)
context.run_migrations()
