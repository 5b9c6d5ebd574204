"""`python -m scorer` is the same as `corroborate`."""

from scorer.cli import main

main()
