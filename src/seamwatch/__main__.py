"""``python -m seamwatch`` is the same as ``seamwatch``."""

from seamwatch.cli import main

if __name__ == "__main__":
    main()
