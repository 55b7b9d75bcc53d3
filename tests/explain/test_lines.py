"""Every feed has its lines in an explanation, every pass its reasons."""

from tieout.feeds import FEEDS
from tieout.warehouse import EXPLAIN, SCHEMAS, load_models
from tieout.warehouse.landing import feed_schema

MODELS = load_models(schemas=(*SCHEMAS, EXPLAIN))


def ranks(family: str) -> dict[str, int]:
    return {m.member: m.rank for m in MODELS.values() if m.family == family}


def test_every_landed_column_of_every_feed_is_shown():
    members = {m.member: m for m in MODELS.values() if m.family == f"{EXPLAIN}.lines"}
    assert set(members) == set(FEEDS)
    for name, feed in FEEDS.items():
        landed = [column for column in feed_schema(feed).names if column not in ("file_id", "line")]
        missing = [c for c in landed if f"            delivered.{c},\n" not in members[name].select]
        assert missing == [], name


def test_every_matching_pass_has_its_reasons_in_its_order():
    assert ranks(f"{EXPLAIN}.declined") == ranks("matching.passes")
