"""The use cases, free of any engine."""
