"""Rows: one port for SQLite and PostgreSQL, the tables, and the stores of each domain on top of it."""
