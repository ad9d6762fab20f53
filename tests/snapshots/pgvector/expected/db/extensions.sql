-- Runs once, when the database volume is empty. In a database that exists already, run it by hand.
CREATE EXTENSION IF NOT EXISTS "vector";
CREATE EXTENSION IF NOT EXISTS "pg_trgm";
