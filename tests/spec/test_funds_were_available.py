"""funds_were_available: refused for lack of funds while the borrower's statement shows them."""

import pytest

from tests.spec.harness import given

RELATION = "breaks.funds_were_available"
CARD = "622700******1234"
LOAN = f"""
    loan_id | borrower_ref | card_no
    L1      | B1           | {CARD}
"""
REFUSED = """
    order_no | status | response_code | requested_at | amount
    O1       | failed | FUNDS         | D 09:00:00   | 1000.00
"""
FOUND = """
    entry_id
    alipay/O1
"""


@pytest.mark.parametrize(("balance", "is_enough"), [("1000.00", True), ("999.99", False)])
def test_the_balance_must_reach_the_amount_of_the_order(balance: str, is_enough: bool) -> None:
    drawn = given(
        loans=LOAN,
        debit_orders=REFUSED,
        borrower_statements=f"""
            happened_at | balance
            D 08:00:00  | {balance}
        """,
    )
    if is_enough:
        drawn.shows(
            RELATION,
            """
            entry_id  | cause                      | ledger_amount | channel_amount
            alipay/O1 | bank_refused_covered_debit | 1000.00       | 1000.00
            """,
        )
    else:
        drawn.shows_nothing(RELATION)


def test_the_last_entry_at_or_before_the_request_tells() -> None:
    statement = """
        happened_at  | balance
        D-1 12:00:00 | {before}
        {at}         | {last}
    """
    given(
        loans=LOAN,
        debit_orders=REFUSED,
        borrower_statements=statement.format(before="1.00", at="D 09:00:00", last="5000.00"),
    ).shows(RELATION, FOUND)
    given(
        loans=LOAN,
        debit_orders=REFUSED,
        borrower_statements=statement.format(before="1.00", at="D 09:00:01", last="5000.00"),
    ).shows_nothing(RELATION)
    given(
        loans=LOAN,
        debit_orders=REFUSED,
        borrower_statements=statement.format(before="5000.00", at="D 09:00:00", last="1.00"),
    ).shows_nothing(RELATION)


def test_entries_of_one_second_follow_each_other_as_the_bank_printed_them() -> None:
    given(
        loans=LOAN,
        debit_orders=REFUSED,
        borrower_statements="""
            entry_no | happened_at | balance
            9        | D 08:00:00  | 1.00
            8        | D 08:00:00  | 5000.00
        """,
    ).shows(RELATION, FOUND)
    given(
        loans=LOAN,
        debit_orders=REFUSED,
        borrower_statements="""
            entry_no | happened_at | balance
            8        | D 08:00:00  | 5000.00
            9        | D 08:00:00  | 1.00
        """,
    ).shows_nothing(RELATION)


def test_an_order_refused_for_another_reason_or_not_refused_is_none() -> None:
    given(
        loans=LOAN,
        debit_orders="""
            order_no | status    | response_code
            O1       | failed    | CARD
            O2       | failed    | -
            O3       | succeeded | FUNDS
            O4       | unknown   | FUNDS
            O5       | failed    | FUNDS
        """,
        borrower_statements="""
            balance
            9999.00
        """,
    ).shows(
        RELATION,
        """
        entry_id
        alipay/O5
        """,
    )


def test_the_channels_own_line_may_tell_of_the_refusal() -> None:
    given(
        loans=LOAN,
        debit_orders="""
            order_no | status
            O1       | unknown
            O2       | failed
            O3       | unknown
            O4       | unknown
        """,
        settlement="""
            channel   | order_no | kind   | outcome | response_code
            alipay    | O1       | debit  | failed  | FUNDS
            alipay    | O2       | debit  | failed  | CARD
            alipay    | O3       | debit  | unknown | FUNDS
            alipay    | O4       | refund | failed  | FUNDS
            wechatpay | O2       | debit  | failed  | FUNDS
        """,
        borrower_statements="""
            balance
            9999.00
        """,
    ).shows(RELATION, FOUND)


def test_a_code_means_what_its_own_channel_means_by_it() -> None:
    given(
        loans=LOAN,
        response_codes="""
            channel   | response_code | meaning
            alipay    | 51            | insufficient_funds
            wechatpay | 51            | card_problem
        """,
        debit_orders="""
            order_no | channel   | status | response_code
            O1       | alipay    | failed | 51
            O2       | wechatpay | failed | 51
        """,
        borrower_statements="""
            balance
            9999.00
        """,
    ).shows(RELATION, FOUND)


def test_an_order_that_succeeded_at_the_channel_did_not_fail() -> None:
    given(
        loans=LOAN,
        debit_orders=REFUSED,
        settlement="""
            order_no | outcome
            O1       | succeeded
        """,
        borrower_statements="""
            balance
            9999.00
        """,
    ).shows_nothing(RELATION)


def test_the_statement_must_be_of_the_card_that_the_order_went_to() -> None:
    statements = f"""
        loan_id | card_no          | balance
        L1      | 622700******9999 | 9999.00
        L2      | {CARD}           | 9999.00
        L3      | {CARD}           | 9999.00
    """
    loans = """
        loan_id | borrower_ref | card_no
        L1      | B1           | 622700******1234
        L2      | B2           | 622700******1234
        L3      | {borrower}   | -
    """
    given(
        loans=loans.format(borrower="B3"), debit_orders=REFUSED, borrower_statements=statements
    ).shows_nothing(RELATION)
    given(
        loans=loans.format(borrower="B1"), debit_orders=REFUSED, borrower_statements=statements
    ).shows(RELATION, FOUND)


def test_the_orders_own_card_goes_before_the_loans() -> None:
    given(
        loans=LOAN,
        debit_orders=f"""
            order_no | status | response_code | card_no
            O1       | failed | FUNDS         | {CARD}
            O2       | failed | FUNDS         | 622700******9999
        """,
        borrower_statements=f"""
            card_no | balance
            {CARD}  | 9999.00
        """,
    ).shows(RELATION, FOUND)


def test_a_statement_without_a_card_is_of_the_loans_card() -> None:
    given(
        loans=LOAN,
        debit_orders=REFUSED,
        borrower_statements="""
            card_no | balance
            -       | 9999.00
        """,
    ).shows(RELATION, FOUND)


def test_another_lenders_statement_shows_nothing_here() -> None:
    given(
        loans="""
            lender  | loan_id | borrower_ref | card_no
            kakadai | L1      | B1           | 622700******1234
            other   | L1      | B1           | 622700******1234
        """,
        debit_orders=REFUSED,
        borrower_statements="""
            lender | balance
            other  | 9999.00
        """,
    ).shows_nothing(RELATION)


@pytest.mark.parametrize(
    ("requested_at", "file_date", "dated"),
    [("D-5 09:00:00", "D-2", "D-2"), ("D-1 09:00:00", "D-2", "D-1")],
)
def test_its_date_is_the_later_of_the_order_and_the_file_of_the_statement(
    requested_at: str, file_date: str, dated: str
) -> None:
    given(
        loans=LOAN,
        debit_orders=f"""
            status | response_code | requested_at
            failed | FUNDS         | {requested_at}
        """,
        borrower_statements=f"""
            happened_at  | balance | file_date
            D-6 08:00:00 | 9999.00 | {file_date}
        """,
    ).shows(
        RELATION,
        f"""
        event_on | true_since
        {dated}  | {dated}
        """,
    )


def test_an_order_of_a_closed_loan_is_left_alone() -> None:
    given(
        loans=f"""
            loan_id | borrower_ref | card_no | status
            L1      | B1           | {CARD}  | active
            L2      | B1           | {CARD}  | closed
        """,
        debit_orders="""
            order_no | loan_id | status | response_code
            O1       | L1      | failed | FUNDS
            O2       | L2      | failed | FUNDS
        """,
        borrower_statements="""
            balance
            9999.00
        """,
    ).shows(RELATION, FOUND)


def test_a_loan_of_another_lender_with_the_same_number_is_another_loan() -> None:
    given(
        loans="""
            lender  | loan_id | borrower_ref | card_no
            kakadai | L1      | B1           | 622700******1234
            kakadai | L2      | B2           | 622700******1234
            other   | L1      | B2           | 622700******1234
        """,
        debit_orders=REFUSED,
        borrower_statements="""
            loan_id | balance
            L2      | 9999.00
        """,
    ).shows_nothing(RELATION)


def test_a_code_on_a_line_means_what_its_own_channel_means_by_it() -> None:
    given(
        loans=LOAN,
        response_codes="""
            channel   | response_code | meaning
            alipay    | 51            | insufficient_funds
            wechatpay | 51            | card_problem
        """,
        debit_orders="""
            order_no | channel   | status
            O1       | alipay    | unknown
            O2       | wechatpay | unknown
        """,
        settlement="""
            channel   | order_no | outcome | response_code
            alipay    | O1       | failed  | 51
            wechatpay | O2       | failed  | 51
        """,
        borrower_statements="""
            balance
            9999.00
        """,
    ).shows(RELATION, FOUND)


def test_success_of_another_order_or_at_another_channel_is_not_this_orders() -> None:
    given(
        loans=LOAN,
        debit_orders=REFUSED,
        settlement="""
            channel   | order_no
            wechatpay | O1
            alipay    | O2
        """,
        borrower_statements="""
            balance
            9999.00
        """,
    ).shows(RELATION, FOUND)


def test_a_statement_without_hours_must_show_the_funds_all_day() -> None:
    statement = """
        happened_at  | amount   | balance | has_time
        D-1 00:00:00 | 4000.00  | {before} | false
        D 00:00:00   | {amount} | {after} | false
    """
    drawn = {"loans": LOAN, "debit_orders": REFUSED}
    spent = statement.format(before="5000.00", amount="-4500.00", after="500.00")
    earned = statement.format(before="500.00", amount="4500.00", after="5000.00")
    ample = statement.format(before="5000.00", amount="-4000.00", after="1000.00")
    given(**drawn, borrower_statements=spent).shows_nothing(RELATION)
    given(**drawn, borrower_statements=earned).shows_nothing(RELATION)
    given(**drawn, borrower_statements=ample).shows(RELATION, FOUND)
    first_day = """
        happened_at | amount  | balance | has_time
        D 00:00:00  | 4500.00 | 5000.00 | false
    """
    given(**drawn, borrower_statements=first_day).shows_nothing(RELATION)


def test_of_equally_low_balances_of_that_day_the_last_entry_is_shown() -> None:
    given(
        loans=LOAN,
        debit_orders=REFUSED,
        borrower_statements="""
            entry_no | happened_at | amount  | balance | has_time
            1        | D 00:00:00  | -100.00 | 5000.00 | false
            2        | D 00:00:00  |  100.00 | 5100.00 | false
            3        | D 00:00:00  |  100.00 | 5200.00 | false
        """,
    ).shows(RELATION, "statement_entry | channel_amount\nL1/2 | 5000.00")


def test_an_entry_without_an_hour_of_the_day_before_is_over() -> None:
    given(
        loans=LOAN,
        debit_orders=REFUSED,
        borrower_statements="""
            happened_at  | amount   | balance | has_time
            D-1 00:00:00 | 4500.00  | 5000.00 | false
        """,
    ).shows(RELATION, FOUND)


def test_an_entry_of_unknown_hour_does_not_hide_the_last_one_before_it() -> None:
    with_a_gap = """
        happened_at  | amount | balance   | has_time
        D-1 17:00:00 | -1.00  | {balance} | true
        D 00:00:00   | -1.00  | 5000.00   | false
    """
    drawn = {"loans": LOAN, "debit_orders": REFUSED}
    given(**drawn, borrower_statements=with_a_gap.format(balance="999.99")).shows_nothing(RELATION)
    given(**drawn, borrower_statements=with_a_gap.format(balance="1000.00")).shows(RELATION, FOUND)


def test_a_statement_printed_newest_first_ends_with_its_first_line() -> None:
    newest_first = """
        happened_at  | amount   | balance | has_time
        D-1 00:00:00 | -4900.00 | 100.00  | false
        D-1 00:00:00 | 4000.00  | 5000.00 | false
        D-2 00:00:00 | 500.00   | 1000.00 | false
    """
    oldest_first = """
        happened_at  | amount   | balance | has_time
        D-2 00:00:00 | 500.00   | 1000.00 | false
        D-1 00:00:00 | -900.00  | 100.00  | false
        D-1 00:00:00 | 4900.00  | 5000.00 | false
    """
    drawn = {"loans": LOAN, "debit_orders": REFUSED}
    given(**drawn, borrower_statements=newest_first).shows_nothing(RELATION)
    given(**drawn, borrower_statements=oldest_first).shows(RELATION, FOUND)


def test_a_wallet_without_a_balance_tells_nothing_and_hides_nothing() -> None:
    given(
        loans=LOAN,
        debit_orders=REFUSED,
        borrower_statements="""
            happened_at | balance | amount
            D 07:00:00  | 5000.00 | 1.00
            D 08:00:00  |         | -2.00
        """,
    ).shows(RELATION, FOUND)


@pytest.mark.parametrize(
    ("card", "is_its"), [("******1234", True), ("******9999", False), ("621700******1234", False)]
)
def test_a_card_known_by_its_last_four_is_the_loan_s_that_ends_so(card: str, is_its: bool) -> None:
    drawn = given(
        loans=LOAN,
        debit_orders=REFUSED,
        borrower_statements=f"""
            card_no | happened_at | balance
            {card}  | D 08:00:00  | 5000.00
        """,
    )
    if is_its:
        drawn.shows(RELATION, FOUND)
    else:
        drawn.shows_nothing(RELATION)


def test_the_card_of_another_loan_or_lender_that_ends_alike_is_not_its_card() -> None:
    given(
        loans=f"""
            lender  | loan_id | borrower_ref | card_no
            kakadai | L1      | B1           | {CARD}
            kakadai | L2      | B2           | 629900******1234
            other   | L1      | B3           | 628800******1234
        """,
        borrower_statements="card_no\n******1234",
    ).shows("breaks.statement_cards", f"entry_id | card_no\nL1/1 | {CARD}")


def test_two_cards_that_end_alike_are_not_told_apart() -> None:
    given(
        loans=LOAN,
        debit_orders="""
            order_no | status    | card_no          | response_code | requested_at | amount
            O1       | failed    |                  | FUNDS         | D 09:00:00   | 1000.00
            O2       | succeeded | 629900******1234 | 00            | D-1 09:00:00 | 1000.00
        """,
        borrower_statements="""
            card_no    | happened_at | balance
            ******1234 | D 08:00:00  | 5000.00
        """,
    ).shows_nothing(RELATION).shows_nothing("breaks.statement_cards")


def test_a_statement_belongs_to_the_card_it_names_and_else_to_its_loans() -> None:
    given(
        loans=f"""
            loan_id | borrower_ref | card_no
            L1      | B1           | {CARD}
            L2      | B2           | 622700******5678
            L3      | B3           | {CARD}
        """,
        borrower_statements="""
            loan_id | entry_no | card_no          | path  | happened_at | balance | amount
            L1      | 1        | ******1234       | a.csv | D 07:00:00  | 5.00    | 1.00
            L1      | 2        | -                | b.csv | D 08:00:00  | 2.00    | 1.00
            L1      | 3        | -                | b.csv | D 08:00:00  | 1.00    | 1.00
            L2      | 1        | 622700******9999 | b.csv | D 07:00:00  | 3.00    | 1.00
            L2      | 2        | -                | c.csv | D 08:00:00  | 4.00    | 1.00
            L3      | 1        | -                | c.csv | D 08:00:00  | 6.00    | 1.00
        """,
    ).shows(
        "breaks.card_statements",
        f"""
        balance | borrower_ref | card_no          | place
        5.00    | B1           | {CARD}           | 1
        1.00    | B1           | {CARD}           | 2
        2.00    | B1           | {CARD}           | 3
        3.00    | B2           | 622700******9999 | 1
        4.00    | B2           | 622700******5678 | 1
        6.00    | B3           | {CARD}           | 1
        """,
    )


def test_entries_of_one_second_in_two_files_follow_each_other_as_the_files_were_handed_in() -> None:
    given(
        loans=f"""
            lender  | loan_id | borrower_ref | card_no
            kakadai | L1      | B1           | {CARD}
            other   | L1      | B1           | {CARD}
        """,
        borrower_statements="""
            lender  | entry_no | path  | file_date | balance
            kakadai | 1        | b.csv | D         | 3.00
            kakadai | 2        | a.csv | D         | 2.00
            kakadai | 3        | c.csv | D-1       | 1.00
            other   | 1        | a.csv | D-2       | 4.00
        """,
    ).shows(
        "breaks.card_statements",
        """
        lender  | balance | place
        kakadai | 1.00    | 1
        kakadai | 2.00    | 2
        kakadai | 3.00    | 3
        other   | 4.00    | 1
        """,
    )


def test_which_way_a_file_runs_is_read_off_the_lines_of_one_loan_in_it() -> None:
    given(
        loans="loan_id | card_no\nL1 | 622700******0001\nL2 | 622700******0002",
        # the last line of L1 would follow from the first of L2, as in a file newest first
        borrower_statements="""
            loan_id | entry_no | path  | amount | balance
            L1      | 1        | a.csv | 5.00   | 100.00
            L1      | 2        | a.csv | 7.00   | 95.00
            L2      | 1        | a.csv | 3.00   | 88.00
            L2      | 2        | a.csv | 4.00   | 50.00
            L1      | 3        | b.csv | 1.00   | 46.00
            L1      | 4        | b.csv | 2.00   | 20.00
        """,
    ).shows(
        "breaks.statement_order",
        """
        loan_id | is_newest_first
        L1      | true
        L2      | false
        L1      | false
        """,
    )
