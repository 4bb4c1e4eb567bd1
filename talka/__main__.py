"""`python -m talka` is the `talka` command."""

from talka.commands import main

main()
