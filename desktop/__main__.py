"""``python -m desktop`` is the command ``oneledger``."""

from desktop.cli import main

if __name__ == "__main__":
    main()
