"""Messages in use: each act one transaction, with its audit row."""
