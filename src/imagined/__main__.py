"""`python -m imagined`."""

from imagined.cli.main import main

main()
