"""The leader's review list over a million papers, and over twenty thousand on SQLite."""
