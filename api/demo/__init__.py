"""The demonstration: a throw-away bureau, searched over HTTP like any other."""
