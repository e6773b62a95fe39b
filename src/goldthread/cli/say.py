"""What commands say to a person: progress on the error stream, and one sentence when they stop."""

import sys
from typing import NoReturn

import typer


def progress(line: str) -> None:
    """One line about what is being done; results go to standard output, so this does not."""
    print(line, file=sys.stderr, flush=True)


def stop(sentence: str, code: int = 1) -> NoReturn:
    """Ends the command with one clear sentence. `code` 1: could not be done; 2: wrong use."""
    print(sentence, file=sys.stderr, flush=True)
    raise typer.Exit(code)
