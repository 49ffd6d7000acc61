"""Protection at rest: how values are sealed, and the master keys that wrap the keys for it.

Pure but for the master key's own file and command; keys of bureaus are in `engine.gallery.vault`.
"""
