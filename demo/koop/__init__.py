"""officielebekendmakingen.nl in miniature: the zoek host with its RSS, and the SRU host."""
