"""The query interface over HTTP."""
