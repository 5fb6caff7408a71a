"""`python -m habitue`: the command line."""

from habitue.cli import main

main()
