"""Things done at the same time, each once all that it needs is done."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from graphlib import TopologicalSorter


@contextmanager
def hands(number: int) -> Iterator[ThreadPoolExecutor]:
    """So many threads. What they have not begun is left when the work is given up."""
    with ThreadPoolExecutor(number) as executor:
        try:
            yield executor
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            raise


def done_as_needed(
    needs: Mapping[str, Iterable[str]], begin: Callable[[str], Future[None]]
) -> Iterator[str]:
    """Begin each name of `needs` once all it needs is done; yields the names as they get done.

    What is done is taken note of in one thread, the caller's. Raises what the doing raises,
    and graphlib.CycleError.
    """
    waiting = TopologicalSorter(needs)
    waiting.prepare()
    begun: dict[Future[None], str] = {}
    while waiting.is_active():
        begun |= {begin(name): name for name in waiting.get_ready()}
        for each in wait(begun, return_when=FIRST_COMPLETED).done:
            each.result()
            name = begun.pop(each)
            yield name
            waiting.done(name)
