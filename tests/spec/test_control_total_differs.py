"""control_total_differs: what the channel declares is not what its lines add up to."""

from itertools import pairwise

import pytest

from tests.spec.harness import given

RELATION = "breaks.control_total_differs"
LINES = """
    channel_ref | kind     | outcome   | amount  | fee
    D1          | debit    | succeeded | 1000.00 | 2.00
    D2          | debit    | succeeded | 400.00  | 1.00
    D5          | debit    | succeeded | 100.00  | 0.00
    D3          | debit    | failed    | 70.00   | 0.50
    D4          | debit    | unknown   | 30.00   | -
    F1          | refund   | succeeded | 200.00  | 0.25
    F2          | refund   | failed    | 11.00   | -
    F3          | reversal | succeeded | 100.00  | -
"""
TRUE = {
    "debit_count": "3",
    "debit_amount": "1500.00",
    "refund_count": "2",
    "refund_amount": "300.00",
    "fee_amount": "3.75",
    "net_amount": "1196.25",
}


def declared(**totals: str) -> str:
    told = TRUE | totals
    return " | ".join(told) + "\n" + " | ".join(told.values())


def test_totals_of_succeeded_debits_of_refunds_and_reversals_and_of_all_fees_agree() -> None:
    given(settlement=LINES, settlement_totals=declared()).shows_nothing(RELATION)


@pytest.mark.parametrize(
    ("total", "told", "counted"),
    [
        ("debit_amount", "1500.01", "1500.00"),
        ("debit_amount", "1499.99", "1500.00"),
        ("refund_amount", "300.01", "300.00"),
        ("fee_amount", "3.74", "3.75"),
        ("net_amount", "1196.26", "1196.25"),
    ],
)
def test_every_declared_amount_is_held_against_the_lines(
    total: str, told: str, counted: str
) -> None:
    given(settlement=LINES, settlement_totals=declared(**{total: told})).shows(
        RELATION,
        f"""
        channel | settle_date | cause           | ledger_amount | channel_amount | true_since
        alipay  | D           | {total}_differs | {counted}     | {told}         | D
        """,
    )


@pytest.mark.parametrize(
    ("total", "told"),
    [("debit_count", "4"), ("debit_count", "2"), ("refund_count", "1"), ("refund_count", "3")],
)
def test_every_declared_count_is_held_against_the_lines(total: str, told: str) -> None:
    given(settlement=LINES, settlement_totals=declared(**{total: told})).shows(
        RELATION,
        f"""
        settle_date | cause           | ledger_amount | channel_amount
        D           | {total}_differs | -             | -
        """,
    )


@pytest.mark.parametrize(("declared_lines", "is_told"), [("9", False), ("8", True), ("-", False)])
def test_more_lines_than_a_file_declares_are_a_difference(
    declared_lines: str, is_told: bool
) -> None:
    found = given(
        settlement=LINES,
        settlement_totals=f"line_count | lines_read\n{declared_lines} | 9",
    )
    found.shows(RELATION, "cause\n" + "line_count_differs" * is_told)


def test_of_several_differences_the_amount_of_the_debits_is_told() -> None:
    given(
        settlement=LINES,
        settlement_totals=declared(
            debit_count="4", debit_amount="2000.00", net_amount="1696.25", refund_count="1"
        ),
    ).shows(
        RELATION,
        """
        settle_date | cause
        D           | debit_amount_differs
        """,
    )


IN_ORDER = (
    "debit_amount",
    "debit_count",
    "refund_amount",
    "refund_count",
    "fee_amount",
    "net_amount",
    "line_count",
)


@pytest.mark.parametrize(("told", "other"), [*pairwise(IN_ORDER)])
def test_of_two_differences_the_one_told_is_what_the_other_may_follow_from(
    told: str, other: str
) -> None:
    wrong = {name: "7" if name.endswith("count") else "7.00" for name in (told, other)}
    wrong |= {"lines_read": "8"}
    given(settlement=LINES, settlement_totals=declared(**wrong)).shows(
        RELATION, f"cause\n{told}_differs"
    )


def test_a_total_that_is_not_declared_is_not_held_against_anything() -> None:
    given(settlement=LINES, settlement_totals=declared(fee_amount="-")).shows_nothing(RELATION)


def test_a_day_without_declared_totals_or_without_a_file_is_not_judged() -> None:
    given(settlement=LINES).shows_nothing(RELATION)
    given(settlement_totals=declared()).shows_nothing(RELATION)


def test_a_file_without_rows_adds_up_to_nothing() -> None:
    given(
        files="""
            file_date
            D
        """,
        settlement_totals=declared(),
    ).shows(
        RELATION,
        """
        cause                | ledger_amount | channel_amount
        debit_amount_differs | 0.00          | 1500.00
        """,
    )


def test_each_day_and_each_channel_has_its_own_totals() -> None:
    given(
        settlement="""
            channel   | happened_at  | amount
            alipay    | D-1 10:00:00 | 100.00
            alipay    | D 10:00:00   | 200.00
            wechatpay | D 10:00:00   | 300.00
        """,
        settlement_totals="""
            channel   | settle_date | debit_amount
            alipay    | D-1         | 100.00
            alipay    | D           | 300.00
            wechatpay | D           | 300.00
        """,
    ).shows(
        RELATION,
        """
        channel | settle_date | ledger_amount | channel_amount
        alipay  | D           | 200.00        | 300.00
        """,
    )


def test_totals_are_counted_on_the_lines_as_delivered_though_one_comes_again_later() -> None:
    given(
        settlement="""
            channel_ref | settle_date | amount
            D1          | D-1         | 100.00
            D2          | D-1         | 50.00
            D1          | D           | 90.00
        """,
        settlement_totals="""
            settle_date | debit_count | debit_amount
            D-1         | 2           | 150.00
            D           | 1           | 90.00
        """,
    ).shows_nothing(RELATION)


def test_a_line_that_a_later_file_has_under_the_same_settle_date_counts_once() -> None:
    """As that file has it; two lines of one key in one file are two events."""
    given(
        settlement="""
            channel_ref | settle_date | amount | fee  | path    | file_date
            D1          | D-1         | 100.00 | 1.00 | one.csv | D-1
            D2          | D-1         | 50.00  | 1.00 | one.csv | D-1
            D2          | D-1         | 50.00  | 1.00 | one.csv | D-1
            D1          | D-1         | 90.00  | 2.00 | two.csv | D
            D3          | D           | 70.00  | 1.00 | two.csv | D
        """,
        settlement_totals="""
            settle_date | debit_count | debit_amount | fee_amount | path
            D-1         | 3           | 190.00       | 4.00       | totals.csv
            D           | 1           | 70.00        | 1.00       | totals.csv
        """,
    ).shows_nothing(RELATION).shows(
        "breaks.settlement_days",
        """
        settle_date | net
        D-1         | 186.00
        D           | 69.00
        """,
    )


def test_totals_inside_a_file_are_of_all_its_lines_though_a_later_file_has_them_again() -> None:
    given(
        settlement="""
            channel_ref | settle_date | amount | path    | file_date
            D1          | D-1         | 100.00 | one.zip | D-1
            D1          | D-1         | 90.00  | two.zip | D
        """,
        settlement_totals="""
            settle_date | debit_amount | path    | file_date
            D-1         | 100.00       | one.zip | D-1
            D-1         | 90.00        | two.zip | D
        """,
    ).shows_nothing(RELATION)


def test_a_line_stamped_after_the_as_of_instant_counts_in_the_totals_of_its_file() -> None:
    given(
        settlement="""
            settle_date | happened_at    | amount
            D           | D+1 00:00:00   | 100.00
        """,
        settlement_totals="""
            settle_date | debit_amount
            D           | 100.00
        """,
    ).shows_nothing(RELATION)


def test_the_latest_delivery_of_totals_counts() -> None:
    given(
        settlement="""
            amount
            100.00
        """,
        settlement_totals="""
            settle_date | debit_amount | path
            D           | 100.00       | b/alipay.totals.csv
            D           | 999.00       | a/alipay.totals.csv
        """,
    ).shows_nothing(RELATION)


def test_a_file_of_totals_speaks_for_all_files_of_its_day() -> None:
    given(
        settlement="""
            channel_ref | amount | path
            D1          | 100.00 | one.csv
            D2          | 200.00 | two.csv
        """,
        settlement_totals="""
            settle_date | debit_amount | path
            D           | 300.00       | totals.csv
        """,
    ).shows_nothing(RELATION)


def test_totals_inside_a_file_speak_for_that_file() -> None:
    settlement = """
        channel_ref | amount | path
        D1          | 100.00 | one.zip
        D2          | 200.00 | two.zip
    """
    totals = """
        settle_date | debit_amount | path
        D           | {one}        | one.zip
        D           | {two}        | two.zip
    """
    given(
        settlement=settlement, settlement_totals=totals.format(one="100.00", two="200.00")
    ).shows_nothing(RELATION)
    given(settlement=settlement, settlement_totals=totals.format(one="200.00", two="100.00")).shows(
        RELATION,
        """
        settle_date | ledger_amount | channel_amount
        D           | 100.00        | 200.00
        """,
    )


def test_a_file_without_rows_agrees_with_totals_of_nothing() -> None:
    given(
        files="""
            file_date
            D
        """,
        settlement_totals=declared(
            debit_count="0",
            debit_amount="0.00",
            refund_count="0",
            refund_amount="0.00",
            fee_amount="0.00",
            net_amount="0.00",
        ),
    ).shows_nothing(RELATION)


def test_the_file_of_another_day_or_channel_does_not_make_a_day_judged() -> None:
    given(
        settlement="""
            happened_at
            D 10:00:00
        """,
        settlement_totals="""
            channel   | settle_date | debit_amount
            alipay    | D-1         | 5.00
            wechatpay | D           | 5.00
        """,
    ).shows_nothing(RELATION)


def test_every_day_of_every_channel_that_differs_is_told() -> None:
    given(
        settlement="""
            channel  | settle_date | happened_at
            alipay   | D-1         | D-1 10:00:00
            alipay   | D           | D 10:00:00
            unionpay | D           | D 10:00:00
        """,
        settlement_totals="""
            channel  | settle_date | debit_count
            alipay   | D-1         | 2
            alipay   | D           | 3
            unionpay | D           | 4
        """,
    ).shows(RELATION, "channel | settle_date\nalipay | D-1\nalipay | D\nunionpay | D")
