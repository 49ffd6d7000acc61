"""Reference data that ships with the engine."""
