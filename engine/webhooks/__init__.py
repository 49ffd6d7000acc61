"""Callbacks: a bureau's own server is told of its events, where the settings allow its host."""
