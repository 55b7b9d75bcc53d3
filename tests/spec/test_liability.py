"""Who answers for a break: the first rule of contract section 6.3 that applies."""

from tests.spec.harness import given

RELATION = "breaks.break_rows"
CARD = "622700******1234"
OUTAGE = """
    channel | starts_at    | ends_at
    alipay  | D-3 09:00:00 | D-3 10:00:00
"""


def test_a_settlement_category_is_the_channels() -> None:
    given(
        channels="""
            fee_rate
            0.001
        """,
        settlement="""
            happened_at  | amount | fee
            D-9 10:00:00 | 100.00 | 0.10
            D-8 10:00:00 | 100.00 | 0.20
            D-7 10:00:00 | 0.01   | 0.00
        """,
        settlement_totals="""
            settle_date | debit_amount
            D-7         | 0.02
        """,
        bank_receipts="""
            settle_date | booked_on | amount
            D-9         | D-8       | 1.00
            D-8         | D-7       | 99.80
            D-7         | D-6       | 0.01
        """,
        files="""
            file_date
            D-10
            D-5
            D-4
            D-3
            D-2
            D-1
        """,
    ).shows(
        RELATION,
        """
        subject                      | category                | liable
        settlement:alipay:2026-02-28 | settlement_differs      | channel
        settlement:alipay:2026-03-01 | channel_fee_differs     | channel
        settlement:alipay:2026-03-02 | control_total_differs   | channel
        settlement:alipay:2026-03-03 | settlement_file_missing | channel
        debit:alipay:D1              | debit_not_posted        | platform
        debit:alipay:D2              | debit_not_posted        | platform
        debit:alipay:D3              | debit_not_posted        | platform
        """,
    )


def test_money_that_has_not_come_is_the_channels_to_pay() -> None:
    given(
        settlement="""
            order_no | happened_at
            O1       | D-3 10:00:00
        """,
        files="""
            file_date
            D-2
            D-1
            D
        """,
    ).shows(
        RELATION,
        """
        subject                      | category                | liable
        settlement:alipay:2026-03-06 | settlement_not_received | channel
        debit:alipay:D1              | debit_not_posted        | platform
        """,
    )


def test_a_debit_that_the_channel_took_and_did_not_write_off_is_the_channels() -> None:
    given(
        response_codes="""
            channel   | response_code | meaning
            alipay    | HELD          | debited_not_written_off
            wechatpay | HELD          | other
            alipay    | CARD          | card_problem
        """,
        debit_orders="""
            order_no | channel   | requested_at | response_code
            O1       | alipay    | D-2 09:00:00 | -
            O2       | alipay    | D-2 09:00:00 | HELD
            O3       | wechatpay | D-2 09:00:00 | HELD
            O4       | alipay    | D-2 09:00:00 | CARD
        """,
        settlement="""
            channel_ref | channel   | order_no | happened_at  | response_code
            D1          | alipay    | O1       | D-2 10:00:00 | HELD
            D2          | alipay    | O2       | D-2 10:00:00 | -
            D3          | wechatpay | O3       | D-2 10:00:00 | HELD
            D4          | alipay    | O4       | D-2 10:00:00 | CARD
        """,
    ).shows(
        "breaks.direct_liability",
        """
        entry_id | category                | liable
        D1       | debit_not_posted        | channel
        D2       | debit_not_posted        | channel
        D3       | debit_not_posted        | platform
        D4       | debit_not_posted        | platform
        0        | settlement_not_received | channel
        0        | settlement_not_received | channel
        0        | settlement_file_missing | channel
        0        | settlement_file_missing | channel
        """,
    )


def test_a_posting_or_an_order_answers_by_the_code_of_any_line_of_its_order() -> None:
    given(
        bank_limits="""
            per_debit
            500.00
        """,
        debit_orders="""
            order_no | instalment_no | requested_at | status | response_code
            O1       | 1             | D-3 09:00:00 | failed | -
            O2       | 2             | D-3 09:00:00 | failed | HELD
            O3       | 3             | D-3 09:00:00 | failed | -
        """,
        settlement="""
            order_no | outcome | happened_at  | response_code
            O1       | failed  | D-3 10:00:00 | HELD
            O3       | failed  | D-3 10:00:00 | CARD
        """,
        postings="""
            posting_id | order_no | instalment_no | posted_at
            P1         | O1       | 1             | D-3 11:00:00
            P2         | O2       | 2             | D-3 11:00:00
            P3         | O3       | 3             | D-3 11:00:00
        """,
        files="""
            file_date
            D-4
            D-2
            D-1
        """,
    ).shows(
        "breaks.direct_liability",
        """
        entry_id  | category              | liable
        alipay/O1 | over_bank_limit       | channel
        alipay/O2 | over_bank_limit       | channel
        alipay/O3 | over_bank_limit       | platform
        P1        | posting_without_debit | channel
        P2        | posting_without_debit | channel
        P3        | posting_without_debit | platform
        """,
    )


def test_a_debit_does_not_answer_for_another_line_of_its_order() -> None:
    given(
        debit_orders="""
            requested_at
            D-2 09:00:00
        """,
        settlement="""
            channel_ref | order_no | outcome   | happened_at  | response_code
            D1          | O1       | failed    | D-2 09:59:00 | HELD
            D2          | O1       | succeeded | D-2 10:00:00 | OK
        """,
        files="""
            file_date
            D-1
        """,
        bank_receipts="""
            settle_date | booked_on
            D-2         | D-1
        """,
    ).shows(
        RELATION,
        """
        subject         | liable
        debit:alipay:D2 | platform
        """,
    )


def test_an_outage_at_the_request_is_the_channels_for_debits_postings_and_orders() -> None:
    given(
        channel_outages=OUTAGE,
        bank_limits="""
            per_debit
            999.99
        """,
        debit_orders="""
            order_no | loan_id | requested_at | amount  | status
            O1       | L1      | D-3 09:30:00 | 900.00  | succeeded
            O2       | L2      | D-3 09:30:00 | 900.00  | failed
            O3       | L3      | D-3 09:30:00 | 1000.00 | failed
            O4       | L4      | D-3 10:30:00 | 900.00  | succeeded
            O5       | L5      | D-3 10:30:00 | 900.00  | failed
            O6       | L6      | D-3 10:30:00 | 1000.00 | failed
        """,
        settlement="""
            channel_ref | order_no | happened_at  | amount
            D1          | O1       | D-3 11:00:00 | 900.00
            D4          | O4       | D-3 11:00:00 | 900.00
        """,
        postings="""
            posting_id | order_no | loan_id | posted_at    | amount
            P2         | O2       | L2      | D-3 12:00:00 | 900.00
            P5         | O5       | L5      | D-3 12:00:00 | 900.00
        """,
        files="""
            file_date
            D-4
            D-2
            D-1
        """,
        bank_receipts="""
            settle_date | booked_on | amount
            D-3         | D-1       | 1800.00
        """,
    ).shows(
        "breaks.direct_liability",
        """
        entry_id  | category              | liable
        D1        | debit_not_posted      | channel
        P2        | posting_without_debit | channel
        alipay/O3 | over_bank_limit       | channel
        D4        | debit_not_posted      | platform
        P5        | posting_without_debit | platform
        alipay/O6 | over_bank_limit       | platform
        """,
    )


def test_a_posting_under_another_lenders_order_answers_by_that_order() -> None:
    for requested_at, liable in (("D-3 09:30:00", "channel"), ("D-3 10:30:00", "platform")):
        given(
            channel_outages=OUTAGE,
            debit_orders=f"""
                lender | order_no | loan_id | requested_at   | status
                other  | O1       | L1      | {requested_at} | failed
            """,
            settlement="""
                order_no | happened_at  | outcome
                O1       | D-3 11:00:00 | failed
            """,
            postings="""
                lender  | posting_id | order_no | loan_id | posted_at
                kakadai | P1         | O1       | L1      | D-3 12:00:00
            """,
            files="file_date\nD-4\nD-2\nD-1",
        ).shows(
            "breaks.direct_liability",
            f"""
            entry_id | category              | liable
            P1       | posting_without_debit | {liable}
        """,
        )


def test_an_outage_does_not_excuse_a_break_of_an_instalment() -> None:
    given(
        channel_outages=OUTAGE,
        instalments="""
            instalment_no | due_date
            1             | D-4
        """,
        debit_orders="""
            order_no | requested_at | status
            O1       | D-3 09:30:00 | failed
        """,
    ).shows(
        RELATION,
        """
        subject                 | category             | liable
        instalment:kakadai:L1:1 | debit_attempted_late | platform
        """,
    )


def test_an_outcome_absent_from_the_channels_file_is_the_channels() -> None:
    given(
        debit_orders="""
            order_no | channel   | status  | requested_at
            O1       | alipay    | unknown | D-2 09:00:00
            O2       | wechatpay | unknown | D-2 09:00:00
        """,
        files="""
            file_date
            D-2
            D-1
        """,
    ).shows(
        RELATION,
        """
        subject          | cause            | liable
        order:kakadai:O1 | absent_from_file | channel
        order:kakadai:O2 | file_missing     | platform
        """,
    )


def test_a_duplicate_debit_under_one_order_no_is_the_channels() -> None:
    given(
        instalments="""
            instalment_no
            1
            2
        """,
        debit_orders="""
            order_no | instalment_no | requested_at
            O1       | 1             | D 00:00:00
            O2       | 2             | D 00:00:00
            O3       | 2             | D 00:00:00
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D 00:00:00
            D2          | O1       | D 00:00:00
            D3          | O2       | D 00:00:00
            D4          | O3       | D 00:00:00
        """,
        postings="""
            posting_id | order_no | instalment_no
            P1         | O1       | 1
            P2         | O2       | 2
        """,
    ).shows(
        RELATION,
        """
        subject         | category        | liable
        debit:alipay:D2 | duplicate_debit | channel
        debit:alipay:D4 | duplicate_debit | platform
        """,
    )


def test_a_refusal_that_the_statement_contradicts_is_the_banks_unless_the_channel_was_down() -> (
    None
):
    given(
        channel_outages=OUTAGE,
        loans=f"""
            loan_id | borrower_ref | card_no
            L1      | B1           | {CARD}
        """,
        debit_orders="""
            order_no | status | response_code | requested_at
            O1       | failed | FUNDS         | D-3 10:30:00
            O2       | failed | FUNDS         | D-3 09:30:00
        """,
        borrower_statements="""
            happened_at  | balance
            D-4 08:00:00 | 9999.00
        """,
    ).shows(
        RELATION,
        """
        subject          | category             | liable
        order:kakadai:O1 | funds_were_available | bank
        order:kakadai:O2 | funds_were_available | channel
        """,
    )


def test_nobody_answers_for_an_ambiguous_entry() -> None:
    given(
        debit_orders="""
            order_no | instalment_no | requested_at
            O1       | 1             | D-3 08:00:00
            O2       | 2             | D-3 08:00:00
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 10:00:00
            D2          | O2       | D-3 10:00:00
        """,
        postings="""
            posting_id | instalment_no | posted_at
            P1         | 3             | D-3 12:00:00
        """,
        files="""
            file_date
            D-4
            D-2
            D-1
        """,
        bank_receipts="""
            settle_date | booked_on | amount
            D-3         | D-1       | 2000.00
        """,
    ).shows(
        RELATION,
        """
        subject            | category  | liable
        debit:alipay:D1    | ambiguous | undetermined
        debit:alipay:D2    | ambiguous | undetermined
        posting:kakadai:P1 | ambiguous | undetermined
        """,
    )


def test_wrongly_overdue_without_proof_is_undetermined() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        charges="""
            amount
            5.00
        """,
    ).shows(
        RELATION,
        """
        category            | liable
        debit_not_attempted | platform
        wrongly_overdue     | undetermined
        """,
    )


def test_covered_in_time_the_break_of_its_debit_or_posting_answers() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
            2             | D-3
            3             | D-3
        """,
        debit_orders="""
            order_no | instalment_no | requested_at
            O1       | 1             | D-3 08:00:00
            O2       | 2             | D-3 08:00:00
            O3       | 3             | D-3 08:00:00
        """,
        settlement="""
            channel_ref | order_no | happened_at  | response_code
            D1          | O1       | D-3 10:00:00 | HELD
            D2          | O2       | D-3 10:00:00 | OK
            D3          | O3       | D-3 10:00:00 | OK
        """,
        postings="""
            posting_id | order_no | instalment_no | posted_at
            P2         | O2       | 2             | D-1 10:00:00
            P3         | O3       | 3             | D-3 11:00:00
        """,
        charges="""
            instalment_no
            1
            2
            3
        """,
        files="""
            file_date
            D-4
            D-2
            D-1
        """,
        bank_receipts="""
            settle_date | booked_on | amount
            D-3         | D-1       | 3000.00
        """,
    ).shows(
        RELATION,
        """
        subject                 | category         | liable
        debit:alipay:D1         | debit_not_posted | channel
        posting:kakadai:P2      | posted_late      | platform
        posting:kakadai:P2      | value_date_late  | platform
        instalment:kakadai:L1:1 | wrongly_overdue  | channel
        instalment:kakadai:L1:2 | wrongly_overdue  | platform
        instalment:kakadai:L1:3 | wrongly_overdue  | platform
        """,
    )


def test_of_several_breaks_of_its_debits_the_earliest_fact_answers() -> None:
    lines = """
        channel_ref | order_no | happened_at | amount | response_code
        D1          | O1       | {first}     | 500.00 | HELD
        D2          | O2       | {second}    | 500.00 | OK
    """
    for first, second, liable in (
        ("D-3 10:00:00", "D-3 10:00:01", "channel"),
        ("D-3 10:00:01", "D-3 10:00:00", "platform"),
    ):
        given(
            instalments="""
                instalment_no | due_date
                1             | D-3
            """,
            debit_orders="""
                order_no | amount | requested_at
                O1       | 500.00 | D-3 08:00:00
                O2       | 500.00 | D-3 08:00:00
            """,
            settlement=lines.format(first=first, second=second),
            charges="""
                amount
                5.00
            """,
            files="""
                file_date
                D-2
                D-1
            """,
            bank_receipts="""
                settle_date | booked_on
                D-3         | D-1
            """,
        ).shows(
            RELATION,
            f"""
            subject                 | category         | liable
            debit:alipay:D1         | debit_not_posted | channel
            debit:alipay:D2         | debit_not_posted | platform
            instalment:kakadai:L1:1 | wrongly_overdue  | {liable}
            """,
        )


def test_a_break_of_another_instalments_debit_does_not_answer_here() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
            2             | D-3
        """,
        debit_orders="""
            order_no | instalment_no | requested_at
            O1       | 1             | D-3 08:00:00
            O2       | 2             | D-3 08:00:00
        """,
        settlement="""
            channel_ref | order_no | happened_at  | response_code
            D1          | O1       | D-3 10:00:00 | HELD
            D2          | O2       | D-3 10:00:00 | OK
        """,
        postings="""
            posting_id | order_no | instalment_no | posted_at
            P2         | O2       | 2             | D-3 11:00:00
        """,
        charges="""
            instalment_no
            2
        """,
        files="""
            file_date
            D-2
            D-1
        """,
        bank_receipts="""
            settle_date | booked_on | amount
            D-3         | D-1       | 2000.00
        """,
    ).shows(
        RELATION,
        """
        subject                 | category         | liable
        debit:alipay:D1         | debit_not_posted | channel
        instalment:kakadai:L1:2 | wrongly_overdue  | platform
        """,
    )


def test_a_posting_booked_elsewhere_answers_for_the_instalment_that_its_debit_paid() -> None:
    given(
        channel_outages=OUTAGE,
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        debit_orders="""
            order_no | requested_at
            O1       | D-3 09:30:00
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 10:00:00
        """,
        postings="""
            posting_id | order_no | instalment_no | posted_at
            P1         | O1       | 2             | D-3 11:00:00
        """,
        charges="""
            amount
            5.00
        """,
        files="""
            file_date
            D-2
            D-1
        """,
        bank_receipts="""
            settle_date | booked_on
            D-3         | D-1
        """,
    ).shows(
        RELATION,
        """
        subject                 | category                   | liable
        posting:kakadai:P1      | posted_to_wrong_instalment | channel
        instalment:kakadai:L1:1 | wrongly_overdue            | channel
        """,
    )


STATEMENT = """
    happened_at  | balance
    D-4 08:00:00 | 9999.00
"""
LOAN = f"""
    loan_id | borrower_ref | card_no
    L1      | B1           | {CARD}
"""


def test_explained_the_collection_break_answers() -> None:
    given(
        loans=LOAN,
        borrower_statements=STATEMENT,
        instalments="""
            instalment_no | due_date
            1             | D-3
            2             | D-3
        """,
        debit_orders="""
            order_no | instalment_no | status | response_code | requested_at
            O1       | 1             | failed | FUNDS         | D-3 09:00:00
        """,
        charges="""
            instalment_no
            1
            2
        """,
    ).shows(
        RELATION,
        """
        subject                 | category             | liable
        order:kakadai:O1        | funds_were_available | bank
        instalment:kakadai:L1:1 | wrongly_overdue      | bank
        instalment:kakadai:L1:2 | debit_not_attempted  | platform
        instalment:kakadai:L1:2 | wrongly_overdue      | platform
        """,
    )


def test_explained_by_an_outage_the_channel_answers() -> None:
    given(
        loans=LOAN,
        borrower_statements=STATEMENT,
        channel_outages=OUTAGE,
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        debit_orders="""
            order_no | status | response_code | requested_at
            O1       | failed | DOWN          | D-3 09:30:00
        """,
        charges="""
            amount
            5.00
        """,
    ).shows(
        RELATION,
        """
        category        | liable
        wrongly_overdue | channel
        """,
    )


def test_of_several_explanations_the_earliest_fact_answers() -> None:
    for outage_at, refused_at, liable in (
        ("D-3 09:30:00", "D-3 10:30:00", "channel"),
        ("D-3 09:30:00", "D-3 08:30:00", "bank"),
    ):
        given(
            loans=LOAN,
            borrower_statements=STATEMENT,
            channel_outages=OUTAGE,
            instalments="""
                instalment_no | due_date
                1             | D-3
            """,
            debit_orders=f"""
                order_no | status | response_code | requested_at
                O1       | failed | DOWN          | {outage_at}
                O2       | failed | FUNDS         | {refused_at}
            """,
            charges="""
                amount
                5.00
            """,
        ).shows(
            RELATION,
            f"""
            category             | liable
            funds_were_available | bank
            wrongly_overdue      | {liable}
            """,
        )


def test_a_wrong_charge_is_the_platforms() -> None:
    given(
        charge_rules="""
            grace_days
            0
        """,
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        debit_orders="""
            status | requested_at
            failed | D-3 09:00:00
        """,
    ).shows(
        RELATION,
        """
        category       | liable
        charge_differs | platform
        """,
    )


def test_a_line_or_a_code_of_another_channel_accuses_nobody() -> None:
    given(
        response_codes="""
            channel   | response_code | meaning
            wechatpay | HELD          | debited_not_written_off
            alipay    | HELD          | other
        """,
        bank_limits="""
            per_debit
            500.00
        """,
        debit_orders="""
            order_no | status | requested_at
            O1       | failed | D 09:00:00
            O2       | failed | D 09:00:00
        """,
        settlement="""
            channel   | order_no | outcome | response_code
            wechatpay | O1       | failed  | HELD
            alipay    | O2       | failed  | HELD
        """,
    ).shows(
        RELATION,
        """
        subject          | liable
        order:kakadai:O1 | platform
        order:kakadai:O2 | platform
        """,
    )


def test_explained_the_breaks_of_its_debits_do_not_answer() -> None:
    given(
        loans=LOAN,
        borrower_statements=STATEMENT,
        bank_limits="""
            per_debit
            600.00
        """,
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        debit_orders="""
            order_no | amount  | status    | requested_at
            O1       | 500.00  | succeeded | D-4 09:00:00
            O2       | 1000.00 | failed    | D-3 09:00:00
        """,
        settlement="""
            channel_ref | order_no | amount | happened_at  | response_code
            D1          | O1       | 500.00 | D-4 10:00:00 | HELD
        """,
        charges="""
            amount
            5.00
        """,
        files="""
            file_date
            D-3
            D-2
            D-1
        """,
        bank_receipts="""
            settle_date | booked_on | amount
            D-4         | D-3       | 500.00
        """,
    ).shows(
        RELATION,
        """
        category         | liable
        debit_not_posted | channel
        over_bank_limit  | platform
        wrongly_overdue  | platform
        """,
    )


def test_a_break_of_the_same_instalment_number_of_another_loan_does_not_answer_here() -> None:
    given(
        instalments="""
            loan_id | instalment_no | due_date
            L1      | 1             | D-3
        """,
        postings="""
            posting_id | loan_id | order_no | channel | posted_at
            P1         | L1      | -        | -       | D-3 09:00:00
            P2         | L2      | O2       | alipay  | D-3 09:00:00
        """,
        debit_orders="""
            order_no | loan_id | status  | response_code | requested_at
            O2       | L2      | failed  | HELD          | D-3 08:00:00
        """,
        charges="""
            amount
            5.00
        """,
        files="""
            file_date
            D-4
            D-3
            D-2
            D-1
        """,
    ).shows(
        RELATION,
        """
        category              | liable
        posting_without_debit | channel
        wrongly_overdue       | platform
        """,
    )


def test_a_posting_without_a_debit_answers_for_its_instalment() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        postings="""
            posting_id | order_no | channel | posted_at
            P1         | -        | -       | D-3 09:00:00
            P2         | O2       | alipay  | D-3 09:00:00
        """,
        debit_orders="""
            order_no | status | response_code | requested_at
            O2       | failed | HELD          | D-3 08:00:00
        """,
        charges="""
            amount
            5.00
        """,
        files="""
            file_date
            D-4
            D-3
            D-2
            D-1
        """,
    ).shows(
        RELATION,
        """
        category              | liable
        posting_without_debit | channel
        wrongly_overdue       | channel
        """,
    )


def test_faults_of_an_instalment_are_those_of_its_own_debits_and_postings() -> None:
    given(
        instalments="""
            lender  | loan_id | instalment_no | due_date
            kakadai | L1      | 1             | D-5
            kakadai | L2      | 1             | D-5
            other   | L1      | 1             | D-5
        """,
        debit_orders="""
            lender  | order_no | loan_id | requested_at | status
            kakadai | O1       | L1      | D-5 09:00:00 | failed
            kakadai | O2       | L2      | D-5 09:00:00 | succeeded
            other   | O3       | L1      | D-5 09:00:00 | succeeded
        """,
        settlement="""
            order_no | happened_at
            O1       | D-5 10:00:00
            O2       | D-5 10:00:00
            O3       | D-5 10:00:00
        """,
        charges="loan_id\nL1",
    ).shows("breaks.instalment_faults", "instalment_id | category\nL1/1 | debit_not_posted")


def test_of_two_outages_at_once_the_earlier_one_began_it() -> None:
    given(
        channel_outages="""
            starts_at  | ends_at
            D 08:00:00 | D 10:00:00
            D 07:00:00 | D 10:00:00
        """,
        debit_orders="order_no | requested_at\nO1 | D 09:00:00",
    ).shows("breaks.outage_orders", "entry_id | starts_at\nalipay/O1 | D 07:00:00")


def test_a_posting_does_not_answer_for_another_piece_of_its_split() -> None:
    for first_code, second_code, liable in (("OK", "HELD", "platform"), ("HELD", "OK", "channel")):
        given(
            instalments="""
                instalment_no
                1
            """,
            debit_orders="""
                order_no | amount | requested_at
                O1       | 500.00 | D-2 09:00:00
                O2       | 500.00 | D-2 09:00:00
            """,
            settlement=f"""
                channel_ref | order_no | amount | happened_at  | response_code
                D2          | O2       | 500.00 | D-2 09:30:00 | {second_code}
                D1          | O1       | 500.00 | D-2 10:00:00 | {first_code}
            """,
            postings="""
                posting_id | order_no | instalment_no | amount  | posted_at
                P1         | O1       | 2             | 1000.00 | D-2 11:00:00
            """,
            files="""
                file_date
                D-1
            """,
            bank_receipts="""
                settle_date | booked_on
                D-2         | D-1
            """,
        ).shows(
            "breaks.direct_liability",
            f"""
            entry_id | category                   | liable
            P1       | posted_to_wrong_instalment | {liable}
            """,
        )


def test_a_posting_that_names_no_order_answers_for_every_debit_it_was_matched_with() -> None:
    for first_code, second_code, liable in (
        ("OK", "OK", "platform"),
        ("HELD", "OK", "channel"),
        ("OK", "HELD", "channel"),
    ):
        given(
            debit_orders="""
                order_no | instalment_no | amount | requested_at
                O1       | 1             | 400.00 | D-2 09:00:00
                O2       | 2             | 600.00 | D-2 09:00:00
            """,
            settlement=f"""
                channel_ref | order_no | amount | happened_at  | response_code
                D1          | O1       | 400.00 | D-2 10:00:00 | {first_code}
                D2          | O2       | 600.00 | D-2 10:00:00 | {second_code}
            """,
            postings="""
                posting_id | instalment_no | posted_at    | value_date
                P1         | -             | D-2 11:00:00 | D-1
            """,
            files="""
                file_date
                D-1
            """,
            bank_receipts="""
                settle_date | booked_on
                D-2         | D-1
            """,
        ).shows(
            "breaks.direct_liability",
            f"""
            entry_id | category        | liable
            P1       | value_date_late | {liable}
            """,
        )
