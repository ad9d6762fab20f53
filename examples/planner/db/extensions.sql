-- Runs once, when the database volume is empty. In a database that exists already, run it by hand.
CREATE EXTENSION IF NOT EXISTS "vector";
