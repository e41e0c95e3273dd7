"""`python -m scorer`."""

from __future__ import annotations

from scorer.cli.app import main

if __name__ == "__main__":
    main()
