"""staging.quiet_orders: what is put away because no rule could find anything in it."""

import pytest

from tests.spec.harness import given

RELATION = "staging.quiet_orders"

AGREEING = {
    "loans": """
        loan_id
        L1
        L2
    """,
    "instalments": """
        loan_id | instalment_no | due_date
        L1      | 1             | D
    """,
    "debit_orders": """
        order_no | loan_id | channel
        O1       | L1      | unionpay
    """,
    "settlement": """
        channel  | order_no
        unionpay | O1
    """,
    "postings": """
        order_no | loan_id | channel
        O1       | L1      | unionpay
    """,
}
PAIR = """
    entry_id    | debit_entry | posting_entry | instalment_entry | amount
    unionpay/O1 | D1          | P1            | L1/1             | 1000.00
"""


def test_an_order_taken_and_posted_in_time_is_put_away_with_its_pair() -> None:
    given(puts_away=True, **AGREEING).shows(RELATION, PAIR)


def test_what_was_put_away_is_matched_and_goes_through_no_pass() -> None:
    (
        given(puts_away=True, **AGREEING)
        .shows(
            "breaks.dispositions",
            """
            entry_id | matched | in_transit | open | excluded
            D1       | 1       | 0          | 0    | 0
            P1       | 1       | 0          | 0    | 0
            """,
        )
        .shows_nothing("matching.passes")
        .shows_nothing("breaks.instalments_in_doubt")
        .shows_nothing("breaks.due_instalments")
    )


def test_a_pair_put_away_is_reported_on_the_later_of_its_settle_date_and_its_posting() -> None:
    late = AGREEING | {
        "postings": """
            order_no | loan_id | channel  | posted_at    | value_date
            O1       | L1      | unionpay | D+1 09:00:00 | D
        """,
    }
    given(puts_away=True, business_date="2026-03-10", **_dated(late, "2026-03-09")).shows(
        "reports.matches",
        """
        rule        | side    | channel_ref | posting_id | order_no | amount  | group_difference
        by_order_no | debit   | D1          | -          | O1       | 1000.00 | 0.00
        by_order_no | posting | -           | P1         | O1       | 1000.00 | 0.00
        """,
    )


def _dated(tables: dict[str, str], first: str) -> dict[str, str]:
    """The same tables a day later: what happened on D happened on `first`."""
    return {
        "loans": tables["loans"],
        "instalments": tables["instalments"].replace("| D\n", f"| {first}\n"),
        "debit_orders": f"""
            order_no | loan_id | channel  | requested_at
            O1       | L1      | unionpay | {first} 09:00:00
        """,
        "settlement": f"""
            channel  | order_no | happened_at
            unionpay | O1       | {first} 10:00:00
        """,
        "postings": f"""
            order_no | loan_id | channel  | posted_at         | value_date
            O1       | L1      | unionpay | 2026-03-10 09:00:00 | {first}
        """,
    }


def order(**cells: str) -> dict[str, str]:
    return _row("debit_orders", {"order_no": "O1", "loan_id": "L1", "channel": "unionpay"}, cells)


def line(**cells: str) -> dict[str, str]:
    return _row("settlement", {"channel": "unionpay", "order_no": "O1"}, cells)


def posting(**cells: str) -> dict[str, str]:
    return _row("postings", {"order_no": "O1", "loan_id": "L1", "channel": "unionpay"}, cells)


def _row(table: str, dull: dict[str, str], cells: dict[str, str]) -> dict[str, str]:
    row = dull | cells
    return {table: " | ".join(row) + "\n" + " | ".join(row.values())}


TERMS_OF_TODAY = {
    "channels": """
        channel  | cut_off | valid_from | valid_to
        unionpay | 23:00   | -          | D
        unionpay | 23:00   | D          | -
    """
}

DIFFERENCES = {
    "the lender calls it failed": order(status="failed"),
    "the lender does not know": order(status="unknown"),
    "it is a prepayment": order(purpose="prepayment"),
    "it names no instalment": order(instalment_no="-"),
    "it names an instalment that is not there": order(instalment_no="7"),
    "it asks for less than is due": order(amount="999.99"),
    "it was requested after the due date": order(requested_at="D 09:00:00")
    | {"instalments": "loan_id | instalment_no | due_date\nL1 | 1 | D-1"},
    "the debit failed": line(outcome="failed"),
    "the debit is unknown": line(outcome="unknown"),
    "the line is a refund": line(kind="refund"),
    "less was taken": line(amount="999.99"),
    "another channel took it": line(channel="alipay"),
    "it was taken after the due date": line(happened_at="D 10:00:00")
    | order(requested_at="D-1 09:00:00")
    | {"instalments": "loan_id | instalment_no | due_date\nL1 | 1 | D-1"},
    "it stands in the file of another day": line(settle_date="D-1", file_date="D"),
    "less was posted": posting(amount="999.99"),
    "it was posted to another loan": posting(loan_id="L2"),
    "it was posted to another instalment": posting(instalment_no="2"),
    "it was posted to no instalment": posting(instalment_no="-"),
    "it was posted through another channel": posting(channel="alipay"),
    "it was posted through no channel": posting(channel="-"),
    "another lender posted it": posting(lender="mangodai"),
    "the posting is a reversal": posting(kind="reversal"),
    "the posting is valued later": posting(value_date="D+1"),
    "it was posted too late": line(happened_at="D-1 10:00:00")
    | posting(posted_at="D 10:00:01", value_date="D-1")
    | order(requested_at="D-1 09:00:00"),
    "a second line bears its number": {
        "settlement": """
            channel  | order_no | outcome
            unionpay | O1       | succeeded
            unionpay | O1       | failed
        """,
    },
    "a second posting bears its number": {
        "postings": """
            order_no | loan_id | channel
            O1       | L1      | unionpay
            O1       | L2      | -
        """,
    },
    "a second order is for its instalment": {
        "debit_orders": """
            order_no | loan_id | channel  | status
            O1       | L1      | unionpay | succeeded
            O2       | L1      | unionpay | failed
        """,
    },
    "another lender uses its number": {
        "debit_orders": """
            lender   | order_no | loan_id | channel
            kakadai  | O1       | L1      | unionpay
            mangodai | O1       | L1      | unionpay
        """,
    },
    "the posting was reversed": {
        "postings": """
            posting_id | order_no | loan_id | channel  | kind      | reverses
            P1         | O1       | L1      | unionpay | repayment | -
            P2         | -        | L1      | -        | reversal  | P1
        """,
    },
    "the debit was refunded": {
        "settlement": """
            channel  | channel_ref | order_no | kind   | original_ref | amount
            unionpay | D1          | O1       | debit  | -            | 1000.00
            unionpay | D2          | R1       | refund | D1           | 1.00
        """,
    },
    "a charge lies on the instalment": {"charges": "loan_id | instalment_no\nL1 | 1"},
    "the lender holds the loan late": {
        "account_status": "loan_id | days_past_due | app_status\nL1 | 1 | overdue"
    },
    "the loan is reported to the bureau": {"account_status": "loan_id | bureau_status\nL1 | 1"},
    "the loan is being collected": {"account_status": "loan_id | collection_stage\nL1 | reminder"},
    "it is above the limit a debit": {
        "bank_limits": "channel | bank_code | per_debit\nunionpay | ICBC | 999.99"
    },
    "it is above the limit a day": {
        "bank_limits": "channel | bank_code | per_day\nunionpay | ICBC | 999.99"
    },
    "it is above the limit a month": {
        "bank_limits": "channel | bank_code | per_month\nunionpay | ICBC | 999.99"
    },
    "all agree on less than is due": order(amount="999.99")
    | line(amount="999.99")
    | posting(amount="999.99"),
    "all agree on nothing": order(amount="0.00")
    | line(amount="0.00")
    | posting(amount="0.00")
    | {"instalments": "loan_id | principal_due | interest_due\nL1 | 0.00 | 0.00"},
    "it was requested late for money that had come": order(requested_at="D 09:00:00")
    | line(happened_at="D-1 10:00:00")
    | posting(posted_at="D 09:00:00", value_date="D-1")
    | {"instalments": "loan_id | instalment_no | due_date\nL1 | 1 | D-1"},
    "its instalment was paid by another order as well": {
        "debit_orders": "order_no | loan_id | channel\nO1 | L1 | unionpay\nO2 | L1 | unionpay",
        "settlement": "order_no | channel\nO1 | unionpay\nO2 | unionpay",
        "postings": "order_no | loan_id | channel\nO1 | L1 | unionpay\nO2 | L1 | unionpay",
    },
    "the loan is overdue since today": {
        "account_status": "loan_id | days_past_due | app_status\nL1 | 0 | overdue"
    },
    "the terms had changed before it was requested": order(requested_at="D 09:00:00")
    | line(happened_at="D-1 10:00:00")
    | posting(posted_at="D-1 11:00:00", value_date="D-1")
    | TERMS_OF_TODAY,
    "the terms changed before it was posted": order(requested_at="D-1 09:00:00")
    | line(happened_at="D-1 10:00:00")
    | posting(posted_at="D 00:00:00", value_date="D-1")
    | TERMS_OF_TODAY,
    "the terms had not begun when it was taken": order(requested_at="D 09:00:00")
    | line(happened_at="D-1 10:00:00")
    | posting(posted_at="D 00:00:00", value_date="D-1")
    | {"channels": "channel | cut_off | valid_from\nunionpay | 23:00 | D"},
    "the terms had ended when it was taken": order(requested_at="D-1 09:00:00")
    | posting(posted_at="D-1 23:59:59", value_date="D-1")
    | {"channels": "channel | cut_off | valid_to\nunionpay | 23:00 | D"},
    "a second line of a day without terms bears its number": {
        "channels": "channel | cut_off | valid_from\nunionpay | 23:00 | D",
        "settlement": """
            channel  | order_no | happened_at
            unionpay | O1       | D 10:00:00
            unionpay | O1       | D-1 10:00:00
        """,
    },
    "the terms had not begun when it was posted": posting(posted_at="D-1 23:59:59", value_date="D")
    | TERMS_OF_TODAY,
    "the terms of its channel changed meanwhile": order(requested_at="D-1 23:59:59")
    | TERMS_OF_TODAY,
}


@pytest.mark.parametrize("why", DIFFERENCES)
def test_an_order_is_not_put_away_when(why: str) -> None:
    given(puts_away=True, **AGREEING | DIFFERENCES[why]).shows_nothing(RELATION)


AGREEMENTS = {
    "the debit is at the limit": {
        "bank_limits": "channel | bank_code | per_debit\nunionpay | ICBC | 1000.00"
    },
    "it was posted at the end of its window": line(happened_at="D-1 10:00:00")
    | posting(posted_at="D 10:00:00", value_date="D-1")
    | order(requested_at="D-1 09:00:00"),
    "it was posted before it was taken": posting(posted_at="D 09:59:59"),
    "its instalment is due later": {
        "instalments": "loan_id | instalment_no | due_date\nL1 | 1 | D+1"
    },
    "the loan is not due": {"account_status": "loan_id | days_past_due\nL1 | 0"},
    "all agree on the smallest amount": order(amount="0.01")
    | line(amount="0.01")
    | posting(amount="0.01")
    | {"instalments": "loan_id | principal_due | interest_due\nL1 | 0.01 | 0.00"},
    "the terms began on the day of all of it": TERMS_OF_TODAY,
    "two lenders share its number on another channel": {
        "debit_orders": """
            lender   | order_no | loan_id | instalment_no | channel
            kakadai  | O1       | L1      | 1             | unionpay
            kakadai  | O1       | L2      | -             | alipay
            mangodai | O1       | L2      | -             | alipay
        """,
    },
    "two lenders share another number on its channel": {
        "debit_orders": """
            lender   | order_no | loan_id | instalment_no | channel
            kakadai  | O1       | L1      | 1             | unionpay
            kakadai  | O2       | L2      | -             | unionpay
            mangodai | O2       | L2      | -             | unionpay
        """,
    },
    "the same line came twice": {
        "settlement": """
            channel  | channel_ref | order_no | path
            unionpay | D1          | O1       | a/unionpay.settlement.csv
            unionpay | D1          | O1       | b/unionpay.settlement.csv
        """,
    },
}


@pytest.mark.parametrize("though", AGREEMENTS)
def test_an_order_is_put_away_though(though: str) -> None:
    assert len(given(puts_away=True, **AGREEING | AGREEMENTS[though]).rows(RELATION)) == 1


TWO_OF_ONE_CARD = {
    "loans": """
        loan_id | borrower_ref | card_no
        L1      | B1           | 622700******0001
        L2      | B1           | 622700******0001
    """,
    "instalments": """
        loan_id | instalment_no
        L1      | 1
        L2      | 1
    """,
    "debit_orders": """
        order_no | loan_id | channel  | requested_at
        O1       | L1      | unionpay | D-1 09:00:00
        O2       | L2      | unionpay | D 09:00:00
    """,
    "settlement": """
        channel  | order_no
        unionpay | O1
        unionpay | O2
    """,
    "postings": """
        order_no | loan_id | channel
        O1       | L1      | unionpay
        O2       | L2      | unionpay
    """,
}
BOTH = """
    entry_id
    unionpay/O1
    unionpay/O2
"""


@pytest.mark.parametrize(
    "limits",
    [
        "per_day\nunionpay | ICBC | 1999.99",
        "per_day | per_month\nunionpay | ICBC | 1999.99 | 9999.00",
        "per_day | per_month\nunionpay | ICBC | 9999.00 | 1999.99",
        """per_month | valid_from | valid_to
        unionpay | ICBC | 9999.00 | - | D
        unionpay | ICBC | 1999.99 | D | -
        """,
        """per_day | valid_from | valid_to
        unionpay | ICBC | 9999.00 | - | D
        unionpay | ICBC | 1999.99 | D | -
        """,
    ],
)
def test_two_orders_of_one_busy_card_are_both_judged(limits: str) -> None:
    given(
        puts_away=True, **TWO_OF_ONE_CARD, bank_limits=f"channel | bank_code | {limits}"
    ).shows_nothing(RELATION)


@pytest.mark.parametrize("limit", ["per_day", "per_month"])
def test_two_orders_of_one_card_that_reach_its_limit_are_put_away(limit: str) -> None:
    given(
        puts_away=True,
        **TWO_OF_ONE_CARD,
        bank_limits=f"channel | bank_code | {limit}\nunionpay | ICBC | 2000.00",
    ).shows(RELATION, BOTH)


@pytest.mark.parametrize(
    "loans",
    [
        "loan_id | borrower_ref\nL1 | B1\nL2 | B1",
        "loan_id | borrower_ref | card_no\nL1 | - | 622700******0001\nL2 | - | 622700******0001",
    ],
)
def test_two_orders_of_a_card_that_nobody_knows_whole_are_put_away(loans: str) -> None:
    given(
        puts_away=True,
        **TWO_OF_ONE_CARD | {"loans": loans},
        bank_limits="channel | bank_code | per_day\nunionpay | ICBC | 1999.99",
    ).shows(RELATION, BOTH)


@pytest.mark.parametrize(
    "taken_at",
    [
        # the first instants whose windows have the change of the clocks in them, then not
        "2026-03-07 02:00:00",
        "2026-03-08 03:00:00",
        "2026-10-31 02:00:00",
        "2026-11-01 02:00:00",
    ],
)
def test_an_order_is_put_away_though_windows_grow_longer_or_shorter_with_it(taken_at: str) -> None:
    day = taken_at.partition(" ")[0]
    given(
        puts_away=True,
        business_date="2026-11-10",
        time_zone="America/New_York",
        **AGREEING
        | {"instalments": f"loan_id | instalment_no | due_date\nL1 | 1 | {day}"}
        | order(requested_at=f"{day} 00:30:00")
        | line(happened_at=taken_at)
        | posting(posted_at=f"{day} 11:00:00"),
    ).shows(RELATION, "entry_id\nunionpay/O1")


SEVERAL = {
    "loans": """
        lender   | loan_id
        kakadai  | L1
        kakadai  | L2
        mangodai | L1
    """,
    "instalments": """
        lender   | loan_id | instalment_no
        kakadai  | L1      | 1
        kakadai  | L1      | 2
        kakadai  | L2      | 1
        mangodai | L1      | 1
    """,
    "debit_orders": """
        lender   | order_no | loan_id | instalment_no | channel
        kakadai  | O1       | L1      | 1             | unionpay
        kakadai  | O2       | L1      | 2             | unionpay
        kakadai  | O3       | L2      | 1             | unionpay
        mangodai | O4       | L1      | 1             | alipay
    """,
    "settlement": """
        channel  | channel_ref | order_no
        unionpay | S1          | O1
        unionpay | S2          | O2
        unionpay | S3          | O3
        alipay   | S1          | O4
    """,
    "postings": """
        lender   | posting_id | order_no | loan_id | instalment_no | channel
        kakadai  | B1         | O1       | L1      | 1             | unionpay
        kakadai  | B2         | O2       | L1      | 2             | unionpay
        kakadai  | B3         | O3       | L2      | 1             | unionpay
        mangodai | B1         | O4       | L1      | 1             | alipay
    """,
}


def test_each_order_is_put_away_with_what_is_its_own() -> None:
    given(puts_away=True, **SEVERAL).shows(
        RELATION,
        """
        entry_id    | debit_entry | posting_entry | instalment_entry
        unionpay/O1 | S1          | B1            | L1/1
        unionpay/O2 | S2          | B2            | L1/2
        unionpay/O3 | S3          | B3            | L2/1
        alipay/O4   | S1~2        | B1~2          | L1/1~2
        """,
    )


TOUCHED = {
    "a charge": {
        "charges": """
            lender  | loan_id | instalment_no
            kakadai | L1      | 1
        """
    },
    "a reversal": {
        "postings": """
        lender   | posting_id | order_no | loan_id | instalment_no | channel  | kind     | reverses
        kakadai  | B1         | O1       | L1      | 1             | unionpay | repayment | -
        kakadai  | B2         | O2       | L1      | 2             | unionpay | repayment | -
        kakadai  | B3         | O3       | L2      | 1             | unionpay | repayment | -
        mangodai | B1         | O4       | L1      | 1             | alipay   | repayment | -
        kakadai  | B9         | -        | L1      | -             | -        | reversal  | B1
        """
    },
    "a refund": {
        "settlement": """
            channel  | channel_ref | order_no | kind   | original_ref
            unionpay | S1          | O1       | debit  | -
            unionpay | S2          | O2       | debit  | -
            unionpay | S3          | O3       | debit  | -
            alipay   | S1          | O4       | debit  | -
            unionpay | R1          | R1       | refund | S1
        """
    },
}


@pytest.mark.parametrize("by", TOUCHED)
def test_only_the_order_that_is_spoken_of_is_judged(by: str) -> None:
    given(puts_away=True, **SEVERAL | TOUCHED[by]).shows(
        RELATION,
        """
        entry_id
        unionpay/O2
        unionpay/O3
        alipay/O4
        """,
    )


def test_all_orders_of_a_loan_held_late_are_judged() -> None:
    given(
        puts_away=True,
        **SEVERAL
        | {
            "account_status": """
                lender  | loan_id | days_past_due
                kakadai | L1      | 1
            """
        },
    ).shows(
        RELATION,
        """
        entry_id
        unionpay/O3
        alipay/O4
        """,
    )


@pytest.mark.parametrize("limit", ["per_day", "per_month"])
def test_an_order_at_a_limit_is_put_away(limit: str) -> None:
    at_limit = {"bank_limits": f"channel | bank_code | {limit}\nunionpay | ICBC | 1000.00"}
    assert len(given(puts_away=True, **AGREEING | at_limit).rows(RELATION)) == 1


@pytest.mark.parametrize(
    ("lender", "borrower", "card", "channel", "bank", "day"),
    [
        ("mangodai", "B1", "622700******0001", "unionpay", "ICBC", "D"),
        ("kakadai", "B2", "622700******0001", "unionpay", "ICBC", "D"),
        ("kakadai", "B1", "622700******0002", "unionpay", "ICBC", "D"),
        ("kakadai", "B1", "622700******0001", "alipay", "ICBC", "D"),
        ("kakadai", "B1", "622700******0001", "unionpay", "ABC", "D"),
        ("kakadai", "B1", "622700******0001", "unionpay", "ICBC", "D-9"),
    ],
)
def test_orders_of_another_card_or_month_than_the_busy_one_are_put_away(
    lender: str, borrower: str, card: str, channel: str, bank: str, day: str
) -> None:
    given(
        puts_away=True,
        loans=f"""
            lender   | loan_id | borrower_ref | card_no
            kakadai  | L1      | B1           | 622700******0001
            kakadai  | L2      | B1           | 622700******0001
            {lender} | L3      | {borrower}   | {card}
        """,
        instalments=f"""
            lender   | loan_id | instalment_no
            kakadai  | L1      | 1
            kakadai  | L2      | 1
            {lender} | L3      | 1
        """,
        debit_orders=f"""
            lender   | order_no | loan_id | channel   | bank_code | requested_at
            kakadai  | O1       | L1      | unionpay  | ICBC      | D 09:00:00
            kakadai  | O2       | L2      | unionpay  | ICBC      | D 09:00:00
            {lender} | O3       | L3      | {channel} | {bank}    | {day} 09:00:00
        """,
        settlement=f"""
            channel   | order_no | happened_at
            unionpay  | O1       | D 10:00:00
            unionpay  | O2       | D 10:00:00
            {channel} | O3       | {day} 10:00:00
        """,
        postings=f"""
            lender   | order_no | loan_id | channel   | posted_at
            kakadai  | O1       | L1      | unionpay  | D 11:00:00
            kakadai  | O2       | L2      | unionpay  | D 11:00:00
            {lender} | O3       | L3      | {channel} | {day} 11:00:00
        """,
        bank_limits="""
            channel  | bank_code | per_month
            unionpay | ICBC      | 1999.99
            unionpay | ABC       | 1999.99
            alipay   | ICBC      | 1999.99
        """,
    ).shows(RELATION, f"entry_id\n{channel}/O3")
