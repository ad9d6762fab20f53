-- Runs once, when the database is made; what follows later belongs into backend/alembic.
-- Days in todos are those of the people who use it, moments are kept in UTC.
alter database todo_db set timezone to 'UTC';
