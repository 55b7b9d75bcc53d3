"""staging.file_sums: what each file brings, so that no figure outgrows the digits of a report."""

from tests.spec.harness import given

RELATION = "staging.file_sums"


def test_a_file_is_summed_whatever_the_sign_of_its_amounts_beside_its_feed() -> None:
    given(
        settlement="""
            channel_ref | kind   | amount | fee   | settle_date
            D1          | debit  | 100.00 | 0.60  | D-1
            F1          | refund | 40.00  | -0.24 | D
        """,
        settlement_totals="""
            settle_date | debit_amount | refund_amount | fee_amount | net_amount
            D           | -            | 40.00         | -0.24      | -39.76
            D-1         | -100.00      | -             | 0.60       | -
        """,
        bank_receipts="entry_ref | amount\nB1 | -40.00\nB2 | 30.00",
        debit_orders="order_no | amount\nO1 | 100.00",
        postings="posting_id | amount\nP1 | 99.00",
        instalments="principal_due | interest_due\n80.00 | 20.00",
        charges="charge_id | amount\nC1 | 5.00",
    ).shows(
        RELATION,
        """
        relation          | total  | feed
        settlement        | 100.60 | 140.84
        settlement        | 40.24  | 140.84
        settlement_totals | 80.00  | 180.60
        settlement_totals | 100.60 | 180.60
        bank_receipts     | 70.00  | 70.00
        debit_orders      | 100.00 | 100.00
        postings          | 99.00  | 99.00
        instalments       | 100.00 | 100.00
        charges           | 5.00   | 5.00
        """,
    )


def test_totals_inside_a_settlement_file_are_a_feed_of_their_own() -> None:
    given(
        settlement="amount | path | file_date\n100.00 | a.zip | D",
        settlement_totals="settle_date | debit_amount | path | file_date\nD | 100.00 | a.zip | D",
    ).shows(RELATION, "relation | total\nsettlement | 100.00\nsettlement_totals | 100.00")


def test_what_a_ledger_delivers_again_counts_once() -> None:
    given(
        postings="""
            posting_id | amount | file_date
            P1         | 99.00  | D-1
            P1         | 100.00 | D
        """,
    ).shows(RELATION, "relation | total | feed\npostings | 100.00 | 100.00")


def test_more_money_than_the_engine_can_count_is_summed() -> None:
    most = "99999999999999.99"
    given(
        settlement="channel_ref | kind | order_no | original_ref | amount\n"
        + "D1 | debit | O1 | - | 9.00"
        + "".join(f"\nF{n} | refund | O1 | D1 | {most}" for n in range(1000)),
    ).shows("staging.debits", "net\n0.00")
