"""What is measured, and how: each protocol takes a `Plan` and gives an `Outcome`."""
