"""The CCC at work: its items and hand-overs with storage, events and the audit chain."""
