"""Contract 6.3: of several breaks behind a wrong lateness, the earliest fact answers."""

import pytest

from tests.spec.harness import given

RELATION = "breaks.inherited_liability"
LOAN = "loan_id | borrower_ref | card_no\nL1 | B1 | 622700******1234"
STATEMENT = "happened_at | balance\nD-6 08:00:00 | 9999.00"
INSTALMENT = "instalment_no | due_date\n1 | D-3"
CHARGE = "instalment_no\n1"
OUTAGE = "channel | starts_at | ends_at\nalipay | D-5 09:30:00 | D-5 10:00:00"
CHANNELS = "entry_id | liable\nL1/1 | channel"
PLATFORMS = "entry_id | liable\nL1/1 | platform"
BANKS = "entry_id | liable\nL1/1 | bank"


@pytest.mark.parametrize(
    ("refused_at", "answer"), [("D-5 08:59:59", BANKS), ("D-5 09:00:00", PLATFORMS)]
)
def test_a_split_is_a_fact_from_its_first_piece_on_even_before_the_due_date(
    refused_at: str, answer: str
) -> None:
    given(
        loans=LOAN,
        borrower_statements=STATEMENT,
        instalments=INSTALMENT,
        debit_orders=f"""
            order_no | amount  | status | response_code | requested_at
            O1       |  400.00 | failed | -             | D-5 09:00:00
            O2       |  500.00 | failed | -             | D-5 11:00:00
            O3       | 1000.00 | failed | FUNDS         | {refused_at}
        """,
        charges=CHARGE,
    ).shows(RELATION, answer)


def test_a_failed_piece_that_was_sent_again_began_the_split() -> None:
    given(
        loans=LOAN,
        borrower_statements=STATEMENT,
        instalments=INSTALMENT,
        debit_orders="""
            order_no | amount  | status | response_code | requested_at
            O1       |  400.00 | failed | -             | D-5 09:00:00
            O2       |  400.00 | failed | -             | D-5 11:00:00
            O3       |  500.00 | failed | -             | D-5 11:00:00
            O4       | 1000.00 | failed | FUNDS         | D-5 10:00:00
        """,
        charges=CHARGE,
    ).shows(RELATION, PLATFORMS)


@pytest.mark.parametrize(
    ("other_sent_at", "answer"), [("D-5 09:29:59", PLATFORMS), ("D-5 09:30:01", CHANNELS)]
)
def test_an_outage_answers_from_the_first_order_that_it_met(
    other_sent_at: str, answer: str
) -> None:
    given(
        loans=LOAN,
        borrower_statements=STATEMENT,
        channel_outages=OUTAGE,
        bank_limits="channel | per_debit\nwechatpay | 500.00",
        instalments=INSTALMENT,
        debit_orders=f"""
            order_no | channel   | amount  | status | requested_at
            O1       | alipay    | 1000.00 | failed | D-5 09:30:00
            O2       | wechatpay | 1000.00 | failed | {other_sent_at}
        """,
        charges=CHARGE,
    ).shows(RELATION, answer)


def test_of_facts_of_one_instant_the_instalments_own_comes_before_its_orders_and_an_outage() -> (
    None
):
    for pieces, answer in (("400.00", PLATFORMS), ("500.00", CHANNELS)):
        given(
            loans=LOAN,
            borrower_statements=STATEMENT,
            channel_outages=OUTAGE,
            instalments=INSTALMENT,
            debit_orders=f"""
                order_no | amount   | status  | requested_at
                O1       | {pieces} | unknown | D-5 09:30:00
                O2       | {pieces} | failed  | D-5 09:30:00
            """,
            charges=CHARGE,
        ).shows(RELATION, answer)


def test_of_facts_of_one_instant_an_orders_break_comes_before_an_outage_of_another() -> None:
    given(
        loans=LOAN,
        borrower_statements=STATEMENT,
        channel_outages=OUTAGE,
        bank_limits="channel | per_debit\nwechatpay | 500.00",
        instalments=INSTALMENT,
        debit_orders="""
            order_no | channel   | amount  | status | requested_at
            O1       | alipay    | 1000.00 | failed | D-5 09:30:00
            O2       | wechatpay | 1000.00 | failed | D-5 09:30:00
        """,
        charges=CHARGE,
    ).shows(RELATION, PLATFORMS)


def test_of_facts_of_one_instant_the_order_of_the_categories_decides() -> None:
    given(
        loans=LOAN,
        borrower_statements=STATEMENT,
        bank_limits="channel | per_debit\nwechatpay | 500.00",
        instalments=INSTALMENT,
        debit_orders="""
            order_no | channel   | amount  | status | response_code | requested_at
            O1       | alipay    | 1000.00 | failed | FUNDS         | D-4 09:00:00
            O2       | wechatpay | 1000.00 | failed | -             | D-4 09:00:00
        """,
        charges=CHARGE,
    ).shows(RELATION, PLATFORMS)


@pytest.mark.parametrize(
    ("first_code", "second_code", "answer"), [("HELD", "-", CHANNELS), ("-", "HELD", PLATFORMS)]
)
def test_of_one_category_and_instant_the_name_of_the_subject_decides_not_the_file(
    first_code: str, second_code: str, answer: str
) -> None:
    given(
        loans=LOAN,
        borrower_statements=STATEMENT,
        bank_limits="per_debit\n500.00",
        instalments=INSTALMENT,
        debit_orders=f"""
            order_no | amount  | status | response_code | requested_at
            O2       | 1000.00 | failed | {second_code} | D-4 09:00:00
            O1       | 1000.00 | failed | {first_code}  | D-4 09:00:00
        """,
        charges=CHARGE,
    ).shows(RELATION, answer)


@pytest.mark.parametrize(
    ("first_code", "second_code", "answer"), [("HELD", "OK", CHANNELS), ("OK", "HELD", PLATFORMS)]
)
def test_of_two_debits_of_one_instant_the_name_decides_not_the_file(
    first_code: str, second_code: str, answer: str
) -> None:
    given(
        instalments=INSTALMENT,
        debit_orders="""
            order_no | amount | requested_at
            O1       | 500.00 | D-3 08:00:00
            O2       | 500.00 | D-3 08:00:00
        """,
        settlement=f"""
            channel_ref | order_no | amount | happened_at  | response_code
            D2          | O2       | 500.00 | D-3 10:00:00 | {second_code}
            D1          | O1       | 500.00 | D-3 10:00:00 | {first_code}
        """,
        charges=CHARGE,
    ).shows(RELATION, answer)


def test_a_posting_answers_for_the_instalments_of_all_debits_that_it_was_matched_with() -> None:
    given(
        instalments="""
            instalment_no | due_date | principal_due | interest_due
            1             | D-3      | 400.00        | 0.00
            2             | D-3      | 600.00        | 0.00
        """,
        debit_orders="""
            order_no | instalment_no | amount | requested_at
            O1       | 1             | 400.00 | D-3 08:00:00
            O2       | 2             | 600.00 | D-3 08:00:00
        """,
        settlement="""
            channel_ref | order_no | amount | happened_at
            D1          | O1       | 400.00 | D-3 10:00:00
            D2          | O2       | 600.00 | D-3 10:00:00
        """,
        postings="""
            posting_id | instalment_no | amount  | posted_at    | value_date
            P1         | -             | 1000.00 | D-3 11:00:00 | D-2
        """,
        charges="instalment_no\n1\n2",
    ).shows(
        "breaks.instalment_faults",
        """
        instalment_id | category        | entry_id
        L1/1          | value_date_late | P1
        L1/2          | value_date_late | P1
        """,
    )


def test_a_posting_answers_for_no_debit_that_it_was_not_matched_with() -> None:
    given(
        instalments="instalment_no | due_date\n1 | D-5\n2 | D-5",
        debit_orders="""
            order_no | instalment_no | requested_at
            O1       | 1             | D-5 09:00:00
            O2       | 2             | D-5 09:00:00
        """,
        settlement="""
            order_no | happened_at
            O1       | D-5 10:00:00
            O2       | D-5 10:00:00
        """,
        postings="""
            order_no | instalment_no | posted_at    | value_date
            O1       | 1             | D-5 11:00:00 | D-4
            O2       | 2             | D-5 11:00:00 | D-5
        """,
        charges="instalment_no\n1\n2",
    ).shows(
        "breaks.instalment_faults",
        """
        instalment_id | category        | entry_id
        L1/1          | value_date_late | P1
        """,
    )


def test_a_debit_that_went_wrong_is_no_fact_behind_what_collection_explains() -> None:
    given(
        loans=LOAN,
        borrower_statements=STATEMENT,
        bank_limits="per_debit\n500.00",
        instalments=INSTALMENT,
        debit_orders="""
            order_no | amount  | status    | requested_at
            O1       | 1000.00 | failed    | D-4 09:00:00
            O2       |  100.00 | succeeded | D-5 09:00:00
        """,
        settlement="""
            channel_ref | order_no | amount | happened_at  | response_code
            D2          | O2       | 100.00 | D-5 10:00:00 | HELD
        """,
        charges=CHARGE,
    ).shows("breaks.instalment_faults", "instalment_id | liable\nL1/1 | channel").shows(
        RELATION, PLATFORMS
    )


def test_nobody_answers_for_a_lateness_without_a_fact_behind_it() -> None:
    given(
        instalments=INSTALMENT,
        debit_orders="order_no | requested_at\nO1 | D-3 08:00:00",
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-3 10:00:00",
        postings="order_no | posted_at\nO1 | D-3 11:00:00",
        charges=CHARGE,
    ).shows("breaks.wrongly_overdue", "entry_id | cause\nL1/1 | covered_in_time").shows_nothing(
        RELATION
    )


def test_every_instalment_has_an_answer_of_its_own() -> None:
    given(
        loans="""
            loan_id | borrower_ref | card_no
            L1      | B1           | 622700******1234
            L2      | B2           | -
            L3      | B3           | -
            L4      | B4           | -
        """,
        borrower_statements=STATEMENT,
        bank_limits="channel | per_debit\nwechatpay | 500.00",
        instalments="""
            loan_id | instalment_no | due_date
            L1      | 1             | D-3
            L2      | 1             | D-3
            L3      | 1             | D-3
            L4      | 1             | D-3
        """,
        debit_orders="""
            order_no | loan_id | channel   | status    | response_code | requested_at
            O1       | L1      | alipay    | failed    | FUNDS         | D-4 09:00:00
            O2       | L2      | wechatpay | failed    | -             | D-4 10:00:00
            O3       | L3      | alipay    | succeeded | -             | D-3 08:00:00
            O4       | L4      | alipay    | succeeded | -             | D-3 09:00:00
        """,
        settlement="""
            channel_ref | order_no | happened_at  | response_code
            D3          | O3       | D-3 08:00:00 | HELD
            D4          | O4       | D-3 09:00:00 | OK
        """,
        charges="loan_id | instalment_no\nL1 | 1\nL2 | 1\nL3 | 1\nL4 | 1",
    ).shows(
        RELATION,
        """
        entry_id | liable
        L1/1     | bank
        L2/1     | platform
        L3/1     | channel
        L4/1     | platform
        """,
    )


def test_of_a_posting_and_a_debit_of_one_instant_the_category_decides_before_the_name() -> None:
    given(
        instalments=INSTALMENT,
        debit_orders="""
            order_no | requested_at
            O1       | D-3 08:00:00
            O2       | D-3 08:00:00
        """,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at  | response_code
            D1          | O1       | debit  | -            | D-3 08:00:00 | OK
            F1          | -        | refund | D1           | D-3 09:00:00 | OK
            D2          | O2       | debit  | -            | D-3 10:00:00 | HELD
        """,
        postings="order_no | posted_at\nO1 | D-3 10:00:00",
        charges=CHARGE,
    ).shows(
        "breaks.instalment_faults",
        """
        category            | liable   | fact_at
        debit_not_posted    | channel  | D-3 10:00:00
        reversal_not_posted | platform | D-3 10:00:00
        """,
    ).shows(RELATION, PLATFORMS)


def test_each_break_of_an_order_has_an_answer_of_its_own() -> None:
    """The order of the categories decides, whoever answers for the later one."""
    for drawn, answer in (
        # above a limit, then refused in spite of the funds
        ({"debit_orders": order("failed", "FUNDS")}, PLATFORMS),
        # not in the file of its day, then above a limit
        (
            {
                "debit_orders": order("unknown", "-"),
                "files": "relation | channel | file_date\nsettlement | alipay | D-5",
            },
            CHANNELS,
        ),
    ):
        given(
            loans=LOAN,
            borrower_statements=STATEMENT,
            instalments=INSTALMENT,
            bank_limits="per_debit\n500.00",
            charges=CHARGE,
            **drawn,
        ).shows(RELATION, answer)


def order(status: str, response_code: str) -> str:
    return f"""
        order_no | status   | response_code   | requested_at
        O1       | {status} | {response_code} | D-5 09:00:00
    """
