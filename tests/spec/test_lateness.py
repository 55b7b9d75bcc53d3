"""Late, explained, and genuinely late."""

import pytest

from tests.spec.harness import given

LATE = "breaks.late_instalments"
EXPLAINED = "breaks.explanations"
GENUINE = "breaks.genuinely_late"
GRACE = """
    grace_days
    2
"""
NO_GRACE = """
    grace_days
    0
"""
DUE = """
    instalment_no | due_date
    1             | {due}
"""


@pytest.mark.parametrize(("due", "is_late"), [("D-3", True), ("D-2", False)])
def test_an_instalment_is_late_on_the_day_after_its_grace(due: str, is_late: bool) -> None:
    drawn = given(charge_rules=GRACE, instalments=DUE.format(due=due))
    if is_late:
        drawn.shows(
            LATE,
            """
            entry_id | last_day_in_time | covered_on
            L1/1     | D-1              | -
            """,
        )
    else:
        drawn.shows_nothing(LATE)


@pytest.mark.parametrize(("at", "is_late"), [("D-3 23:59:59", False), ("D-2 00:00:00", True)])
def test_money_by_the_end_of_the_last_day_of_grace_is_in_time(at: str, is_late: bool) -> None:
    drawn = given(
        charge_rules=GRACE,
        instalments=DUE.format(due="D-5"),
        debit_orders="""
            order_no | requested_at
            O1       | D-5 09:00:00
        """,
        settlement=f"""
            order_no | happened_at
            O1       | {at}
        """,
    )
    if is_late:
        drawn.shows(
            LATE,
            """
            entry_id | covered_on
            L1/1     | D-2
            """,
        )
    else:
        drawn.shows_nothing(LATE)


def test_a_later_file_that_shows_money_of_that_day_takes_the_lateness_back() -> None:
    orders = """
        order_no | requested_at
        O1       | D-3 09:00:00
    """
    lines = """
        order_no | happened_at  | file_date
        O1       | D-3 09:00:05 | {file_date}
    """
    given(
        instalments=DUE.format(due="D-3"),
        debit_orders=orders,
        settlement=lines.format(file_date="D+1"),
    ).shows(
        LATE,
        """
        entry_id
        L1/1
        """,
    )
    given(
        instalments=DUE.format(due="D-3"),
        debit_orders=orders,
        settlement=lines.format(file_date="D"),
    ).shows_nothing(LATE)


def test_the_grace_is_that_of_the_lender_and_the_product_on_the_due_date() -> None:
    given(
        charge_rules="""
            lender  | product | grace_days | valid_from | valid_to
            kakadai | -       | 1          | -          | D-6
            kakadai | -       | 5          | D-6        | -
            kakadai | cash    | 2          | -          | D-6
            kakadai | cash    | 3          | D-6        | -
            other   | -       | 0          | -          | -
        """,
        loans="""
            lender  | loan_id | product
            kakadai | L1      | -
            kakadai | L2      | cash
            kakadai | L3      | car
            other   | L3      | cash
            other   | L4      | cash
        """,
        instalments="""
            lender  | loan_id | due_date
            kakadai | L1      | D-7
            kakadai | L1      | D-6
            kakadai | L1      | D-5
            kakadai | L2      | D-7
            kakadai | L2      | D-6
            kakadai | L3      | D-6
            other   | L4      | D-6
        """,
    ).shows(
        LATE,
        """
        loan_id | due_date | last_day_in_time
        L1      | D-7      | D-6
        L1      | D-6      | D-1
        L2      | D-7      | D-5
        L2      | D-6      | D-3
        L3      | D-6      | D-1
        L4      | D-6      | D-6
        """,
    )


def test_without_a_rule_there_is_no_grace() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-1
            2             | D
        """
    ).shows(
        LATE,
        """
        entry_id | last_day_in_time
        L1/1     | D-1
        """,
    )


def test_a_collection_break_of_the_instalment_explains_it() -> None:
    given(
        charge_rules=NO_GRACE,
        instalments="""
            instalment_no | due_date
            1             | D-3
            2             | D-3
            3             | D-3
        """,
        debit_orders="""
            order_no | instalment_no | requested_at | amount  | status
            O1       | 2             | D-2 09:00:00 | 1000.00 | succeeded
            O2       | 3             | D-3 09:00:00 | 500.00  | failed
            O3       | 3             | D-3 09:00:00 | 400.00  | failed
        """,
        settlement="""
            order_no | happened_at
            O1       | D-2 09:00:05
        """,
    ).shows(
        EXPLAINED,
        """
        instalment_id | category             | entry_id
        L1/1          | debit_not_attempted  | L1/1
        L1/2          | debit_attempted_late | L1/2
        L1/3          | split_incomplete     | L1/3
        """,
    ).shows_nothing(GENUINE)


def test_a_collection_break_of_an_order_that_did_not_succeed_explains_it() -> None:
    given(
        bank_limits="""
            bank_code | per_debit
            CMB       | 999.99
        """,
        instalments="""
            instalment_no | due_date
            1             | D-3
            2             | D-3
            3             | D-3
        """,
        debit_orders="""
            order_no | instalment_no | bank_code | status    | requested_at
            O1       | 1             | CMB       | failed    | D-3 09:00:00
            O2       | 2             | ICBC      | unknown   | D-3 09:00:00
            O3       | 3             | ICBC      | succeeded | D-3 09:00:00
        """,
        settlement="""
            order_no | outcome | happened_at
            O3       | failed  | D-3 09:00:05
        """,
    ).shows(
        EXPLAINED,
        """
        instalment_id | category              | entry_id
        L1/1          | over_bank_limit       | alipay/O1
        L1/2          | debit_outcome_unknown | alipay/O2
        L1/3          | debit_status_conflict | alipay/O3
        """,
    )


def test_a_collection_break_of_an_order_that_did_succeed_explains_nothing() -> None:
    lines = """
        channel_ref | order_no | kind   | original_ref | happened_at  | amount
        D1          | O1       | debit  | -            | D-1 09:00:05 | 1000.00
        F1          | O1       | refund | D1           | D-1 10:00:00 | {refund}
    """
    orders = """
        order_no | status | requested_at
        O1       | failed | D-3 09:00:00
    """
    limits = """
        per_debit
        999.99
    """
    given(
        charge_rules=NO_GRACE,
        bank_limits=limits,
        instalments=DUE.format(due="D-3"),
        debit_orders=orders,
        settlement=lines.format(refund="999.99"),
    ).shows_nothing(EXPLAINED).shows(
        GENUINE,
        """
        entry_id
        L1/1
        """,
    )
    given(
        bank_limits=limits,
        instalments=DUE.format(due="D-3"),
        debit_orders=orders,
        settlement=lines.format(refund="1000.00"),
    ).shows(
        EXPLAINED,
        """
        category
        over_bank_limit
        """,
    )


def test_an_event_explains_though_it_is_no_longer_listed() -> None:
    given(
        event_days=0,
        instalments=DUE.format(due="D-3"),
        debit_orders="""
            order_no | status | requested_at
            O1       | failed | D-2 09:00:00
        """,
    ).shows(
        EXPLAINED,
        """
        category
        debit_attempted_late
        """,
    )


def test_an_outage_that_covers_the_request_explains_it() -> None:
    given(
        channel_outages="""
            channel   | starts_at    | ends_at
            alipay    | D-3 09:00:00 | D-3 10:00:00
            wechatpay | D-3 00:00:00 | D 00:00:00
        """,
        instalments="""
            instalment_no | due_date
            1             | D-3
            2             | D-3
            3             | D-3
            4             | D-3
        """,
        debit_orders="""
            order_no | instalment_no | status | requested_at
            O1       | 1             | failed | D-3 08:59:59
            O2       | 2             | failed | D-3 09:00:00
            O3       | 3             | failed | D-3 09:59:59
            O4       | 4             | failed | D-3 10:00:00
        """,
    ).shows(
        EXPLAINED,
        """
        instalment_id | category       | entry_id
        L1/2          | channel_outage | alipay/O2
        L1/3          | channel_outage | alipay/O3
        """,
    )


def test_an_outage_does_not_explain_through_an_order_that_succeeded() -> None:
    given(
        channel_outages="""
            starts_at    | ends_at
            D-3 09:00:00 | D-3 10:00:00
        """,
        instalments=DUE.format(due="D-3"),
        debit_orders="""
            order_no | requested_at | amount
            O1       | D-3 09:30:00 | 500.00
        """,
        settlement="""
            order_no | happened_at  | amount
            O1       | D-3 09:30:05 | 500.00
        """,
    ).shows_nothing(EXPLAINED)


def test_only_an_outage_explains_the_lateness_of_a_closed_loan() -> None:
    given(
        charge_rules=NO_GRACE,
        loans="""
            loan_id | status
            L1      | closed
        """,
        bank_limits="""
            per_debit
            500.00
        """,
        channel_outages="""
            starts_at    | ends_at
            D-3 09:00:00 | D-3 10:00:00
        """,
        instalments="""
            instalment_no | due_date
            1             | D-3
            2             | D-3
            3             | D-3
        """,
        debit_orders="""
            order_no | instalment_no | status | requested_at
            O1       | 1             | failed | D-3 09:30:00
            O2       | 2             | failed | D-3 11:30:00
        """,
    ).shows(
        EXPLAINED,
        """
        instalment_id | category
        L1/1          | channel_outage
        """,
    ).shows_nothing(GENUINE)


def test_an_instalment_in_time_needs_no_explanation() -> None:
    given(instalments=DUE.format(due="D")).shows_nothing(EXPLAINED)


def test_late_and_not_explained_is_genuinely_late() -> None:
    given(
        charge_rules=GRACE,
        instalments=DUE.format(due="D-3"),
        debit_orders="""
            status | requested_at
            failed | D-3 09:00:00
        """,
    ).shows(
        GENUINE,
        """
        entry_id | covered_on
        L1/1     | -
        """,
    )


def test_success_of_another_order_or_at_another_channel_is_not_this_orders() -> None:
    given(
        bank_limits="""
            per_debit
            999.99
        """,
        instalments=DUE.format(due="D-3"),
        debit_orders="""
            order_no | status    | amount  | requested_at
            O1       | failed    | 1000.00 | D-3 09:00:00
            O2       | succeeded | 10.00   | D-3 10:00:00
        """,
        settlement="""
            channel   | order_no | amount | happened_at
            wechatpay | O1       | 10.00  | D-3 09:00:05
            alipay    | O2       | 10.00  | D-3 10:00:05
        """,
    ).shows(
        EXPLAINED,
        """
        category        | entry_id
        over_bank_limit | alipay/O1
        """,
    )


def test_an_order_sent_too_late_was_missing_from_the_due_date_on() -> None:
    given(
        channel_outages="""
            starts_at    | ends_at
            D-1 09:00:00 | D-1 10:00:00
        """,
        instalments=DUE.format(due="D-3"),
        debit_orders="""
            order_no | status | requested_at
            O1       | failed | D-1 09:30:00
        """,
    ).shows(
        EXPLAINED,
        """
        category             | fact_at
        debit_attempted_late | D-3 00:00:00
        channel_outage       | D-1 09:30:00
        """,
    )
