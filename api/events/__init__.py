"""The live stream of events, and the callbacks that carry them to bureaus."""
