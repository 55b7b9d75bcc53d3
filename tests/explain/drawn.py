"""Given a few drawn rows, how is one break of them explained? Tables are those of tests/spec."""

from datetime import date
from functools import cache
from hashlib import md5

from tests.spec import harness
from tests.spec.small_warehouse import SmallWarehouse
from tieout.day import PUT_AWAY
from tieout.explain import ask, tell
from tieout.warehouse import EXPLAIN, SCHEMAS, Model, load_models


@cache
def _models() -> dict[str, Model]:
    return load_models(schemas=(*SCHEMAS, EXPLAIN))


class Given(harness.Given):
    """Drawn tables of which a break can be asked."""

    def explanation(self, category: str, subject: str) -> str | None:
        """The text, or None when there is no such break."""
        with SmallWarehouse(self.makers(), _models(), PUT_AWAY) as warehouse:
            ask(warehouse, md5(f"{category} {subject}".encode()).hexdigest()[:16])
            self.furnish(warehouse)
            warehouse.build(SCHEMAS)
            return tell(warehouse, 2)


def explained(category: str, subject: str, **tables: str) -> str:
    """The explanation of one break that is listed."""
    text = Given(tables, date.fromisoformat(harness.MONDAY)).explanation(category, subject)
    assert text is not None, f"{category} is not listed for {subject}"
    return text


def matching(category: str, subject: str, **tables: str) -> str:
    """What an explanation says of the matching passes."""
    return explained(category, subject, **tables).partition("\nMatching\n")[2]
