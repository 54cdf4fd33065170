"""open.overheid.nl in miniature: the public register of government documents."""
