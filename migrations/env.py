"""Run migrations on the connection that the caller hands over (app/ops/migrating.py)."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=context.config.attributes["metadata"], compare_type=True
)
context.run_migrations()
