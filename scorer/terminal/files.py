"""Input and output of the commands: files or pipes, the output whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader, FileIO
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.progress import Progress

from scorer.errors import CorroborateError

PIPE = Path("-")
# Enough to fill the models' batches, little enough to keep memory flat.
LINES_AT_ONCE = 64
Write = Callable[[bytes], None]


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """Open a file, or standard input for ``-``.

    Raises
    ------
    CorroborateError
        ``unreadable_file`` where there is no such file or it may not be read.
    """
    if path == PIPE:
        yield BufferedReader(FileIO(sys.stdin.fileno(), closefd=False))
        return
    try:
        file = path.open("rb")
    except OSError as error:
        raise CorroborateError("unreadable_file", file=path, reason=error.strerror) from error
    with file:
        yield file


@contextmanager
def written(path: Path) -> Iterator[Write]:
    """Give a function that writes lines to `path`, or to standard output for ``-``.

    A file appears under its name only when all of it was written; until then, and after any
    failure, what was there before stays. A pipe gets each line at once.

    Raises
    ------
    CorroborateError
        ``unwritable_file`` where the file cannot be made.
    """
    if path == PIPE:
        yield _write_through
        return
    try:
        if path.exists() and not path.is_file():  # a device or a named pipe cannot be replaced
            with path.open("wb") as device:
                yield lambda line: _write_and_flush(device, line)
            return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise CorroborateError("unwritable_file", file=path, reason=error.strerror) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield lambda line: _write_to(file, line)
        part.chmod(_mode(path))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def at_once(file: BinaryIO) -> int:
    """Say how many lines to take together: of a pipe one, so that none waits for the next."""
    return LINES_AT_ONCE if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else 1


def is_terminal(path: Path) -> bool:
    """Tell whether a person sees what is written to `path`."""
    return path == PIPE and sys.stdout.isatty()


def watched(file: BinaryIO, what: str) -> Iterator[bytes]:
    """Give the file's lines and show on a terminal how far through it they are."""
    total = os.fstat(file.fileno()).st_size or None  # a pipe has no size
    with progress() as bar:
        task = bar.add_task(what, total=total)
        for line in file:
            yield line
            bar.advance(task, len(line))


def progress() -> Progress:
    """Make a progress bar on standard error, which stays silent where that is no terminal."""
    console = Console(stderr=True)
    return Progress(console=console, disable=not console.is_terminal, transient=True)


def _write_through(line: bytes) -> None:
    _write_and_flush(sys.stdout.buffer, line)


def _write_and_flush(file: BinaryIO, line: bytes) -> None:
    file.write(line)
    file.flush()


def _write_to(file: BinaryIO, line: bytes) -> None:
    file.write(line)


def _mode(path: Path) -> int:
    """Keep a replaced file's permissions; give a new file those of the process's umask."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
