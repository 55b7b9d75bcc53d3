"""Every feed has its lines in an explanation, every pass its reasons."""

from hashlib import md5

from tests.explain.drawn import explained
from tieout.feeds import FEEDS
from tieout.warehouse import EXPLAIN, SCHEMAS, load_models
from tieout.warehouse.landing_tables import feed_schema

MODELS = load_models(schemas=(*SCHEMAS, EXPLAIN))


def ranks(family: str) -> dict[str, int]:
    return {m.member: m.rank for m in MODELS.values() if m.family == family}


def test_every_landed_column_of_every_feed_is_shown():
    members = {m.member: m for m in MODELS.values() if m.family == f"{EXPLAIN}.lines"}
    assert set(members) == {*FEEDS, "settlement_files"}
    for name, feed in FEEDS.items():
        landed = [column for column in feed_schema(feed).names if column not in ("file_id", "line")]
        missing = [c for c in landed if f"            delivered.{c},\n" not in members[name].select]
        assert missing == [], name


def test_every_matching_pass_has_its_reasons_in_its_order():
    assert ranks(f"{EXPLAIN}.declined") == ranks("matching.passes")


def test_lines_beyond_twenty_of_a_kind_are_counted_and_the_subject_is_always_shown():
    numbers = range(1, 31)
    text = explained(
        "debit_not_posted",
        "debit:alipay:D30",
        loans="loan_id\nL1",
        debit_orders="order_no | loan_id\nO1 | L1",
        settlement="channel_ref | order_no | amount | happened_at\n"
        + "\n".join(f"D{number} | O1 | 1.00 | D-3 10:00:00" for number in numbers),
    )
    shown = [line for line in text.splitlines() if line.endswith("  settlement")]
    assert len(shown) == 20
    assert any("channel ref D30," in line for line in text.splitlines())
    assert "  and 10 more lines of settlement" in text


def test_the_signatures_under_a_break_are_shown():
    break_id = md5(b"debit_not_posted debit:alipay:D1").hexdigest()[:16]
    text = explained(
        "debit_not_posted",
        "debit:alipay:D1",
        settlement="channel_ref | happened_at\nD1 | D-3 10:00:00",
        materiality="one_name_up_to\n1.00",
        decisions=f"break_id | by | reason\n{break_id} | Li Na | agreed\nffff | Li Na | another",
    )
    assert "by Li Na" in text and "reason agreed" in text
    assert "another" not in text


def test_a_decided_break_is_explained_as_before():
    break_id = md5(b"debit_not_posted debit:alipay:D1").hexdigest()[:16]
    text = explained(
        "debit_not_posted",
        "debit:alipay:D1",
        settlement="channel_ref | happened_at | amount\nD1 | D-3 10:00:00 | 1.00",
        materiality="one_name_up_to\n100.00",
        decisions=f"break_id | by | reason\n{break_id} | Li Na | agreed",
        loans="loan_id\nL1",
        debit_orders="order_no | loan_id\nO1 | L1",
    )
    assert text.startswith("debit_not_posted")
