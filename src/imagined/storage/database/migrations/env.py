"""Run by Alembic: applies revisions on the connection that `migrate` opened, inside its transaction."""

from alembic import context

from imagined.storage.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
