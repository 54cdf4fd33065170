"""The three sites in miniature on loopback, with a clock that can be turned."""
