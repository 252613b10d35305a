"""``python -m trialfinder`` is the same as ``trialfinder``."""

from trialfinder.cli.start import main

if __name__ == "__main__":
    main()
