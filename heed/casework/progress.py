"""Progress of long work on the terminal: on stderr, silent when nobody watches."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

CONSOLE = Console(stderr=True)


def track[T](things: Iterable[T], words: str, total: int | None = None) -> Iterator[T]:
    """Yield the things, showing how many are done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=CONSOLE, disable=not CONSOLE.is_terminal) as progress:
        yield from progress.track(things, description=words, total=total)


def say(words: str) -> None:
    """One line for whoever started the command."""
    CONSOLE.print(words, highlight=False, markup=False, soft_wrap=True)
