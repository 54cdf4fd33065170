"""`python -m cli` is `beleidsradar`."""

from cli.main import main

main()
