"""reports.control: what was read is somewhere, once, to the minor unit."""

from tests.spec.harness import given
from tests.spec.stored_day import break_id

RELATION = "reports.control"
NIGHT = {
    "debit_orders": """
        order_no | instalment_no | requested_at
        O1       | 1             | D-3 09:00:00
        O2       | 2             | D-3 09:00:00
        O3       | 3             | D 09:00:00
        O4       | 4             | D-3 09:00:00
    """,
    "settlement": """
        channel_ref | order_no | kind   | original_ref | outcome   | happened_at  | amount
        D1          | O1       | debit  | -            | succeeded | D-3 10:00:00 | 100.00
        D2          | O2       | debit  | -            | succeeded | D-3 10:00:00 | 20.00
        D3          | O3       | debit  | -            | succeeded | D 10:00:00   | 3.00
        D4          | O4       | debit  | -            | succeeded | D-3 10:00:00 | 0.40
        F4          | O4       | refund | D4           | succeeded | D-3 10:00:00 | 0.40
        D5          | O4       | debit  | -            | failed    | D-3 10:00:00 | 0.05
    """,
    "postings": """
        posting_id | order_no | instalment_no | channel | posted_at | amount | kind | reverses
        P1         | O1       | 1             | alipay    | D-3 11:00:00 | 100.00  | repayment | -
        P2         | X1       | 5             | alipay    | D-3 11:00:00 | 7000.00 | repayment | -
        P3         | X2       | 6             | wechatpay | D 11:00:00   | 300.00  | repayment | -
        P4         | -        | 7             | -         | D 11:00:00   | 0.09    | repayment | -
        P5         | -        | 7             | -         | D 11:00:00   | 0.01    | repayment | -
        P6         | -        | 7             | -         | D 11:00:00   | 0.01    | reversal  | P5
    """,
    "files": """
        file_date
        D-4
        D-2
        D-1
    """,
}


def test_every_line_and_every_posting_is_in_one_place_in_rows_and_in_money() -> None:
    given(**NIGHT).shows(
        RELATION,
        """
        scope   | name                       | side    | measure | read | matched | in_transit
        channel | alipay                     | debit   | rows    | 6      | 1     | 1
        channel | alipay                     | debit   | amount  | 12385  | 10000 | 300
        lender  | kakadai                    | posting | rows    | 6      | 1     | 1
        lender  | kakadai                    | posting | amount  | 740011 | 10000 | 30000
        source  | */alipay.settlement.*.csv  | debit   | rows    | 6      | 1     | 1
        source  | */alipay.settlement.*.csv  | debit   | amount  | 12385  | 10000 | 300
        source  | */kakadai.postings.*.csv   | posting | rows    | 6      | 1     | 1
        source  | */kakadai.postings.*.csv   | posting | amount  | 740011 | 10000 | 30000
        """,
    ).shows(
        RELATION,
        """
        scope   | measure | open   | excluded | rejected | ties
        channel | rows    | 1      | 3        | 0        | true
        channel | amount  | 2000   | 85       | 0        | true
        lender  | rows    | 1      | 3        | 0        | true
        lender  | amount  | 700000 | 11       | 0        | true
        source  | rows    | 1      | 3        | 0        | true
        source  | amount  | 2000   | 85       | 0        | true
        source  | rows    | 1      | 3        | 0        | true
        source  | amount  | 700000 | 11       | 0        | true
        """,
    )


def test_rows_come_before_money_and_both_are_sorted() -> None:
    given(**NIGHT).shows(
        RELATION,
        """
        scope   | side    | measure
        channel | debit   | rows
        channel | debit   | amount
        lender  | posting | rows
        lender  | posting | amount
        source  | debit   | rows
        source  | debit   | amount
        source  | posting | rows
        source  | posting | amount
        """,
        ordered=True,
    )


def test_channels_and_lenders_are_proved_one_by_one_and_a_shared_channel_once() -> None:
    given(
        debit_orders="""
            lender  | order_no | channel
            kakadai | O1       | alipay
            other   | O2       | alipay
        """,
        settlement="""
            channel   | order_no | amount
            alipay    | O1       | 1.00
            alipay    | O2       | 20.00
            wechatpay | -        | 300.00
        """,
        postings="""
            lender  | order_no | amount
            kakadai | O1       | 1.00
            other   | O2       | 20.00
        """,
    ).shows(
        RELATION,
        """
        scope   | name                        | measure | read  | matched | in_transit | ties
        channel | alipay                      | rows    | 2     | 2       | 0          | true
        channel | alipay                      | amount  | 2100  | 2100    | 0          | true
        channel | wechatpay                   | rows    | 1     | 0       | 1          | true
        channel | wechatpay                   | amount  | 30000 | 0       | 30000      | true
        lender  | kakadai                     | rows    | 1     | 1       | 0          | true
        lender  | kakadai                     | amount  | 100   | 100     | 0          | true
        lender  | other                       | rows    | 1     | 1       | 0          | true
        lender  | other                       | amount  | 2000  | 2000    | 0          | true
        source  | */alipay.settlement.*.csv   | rows    | 2     | 2       | 0          | true
        source  | */alipay.settlement.*.csv   | amount  | 2100  | 2100    | 0          | true
        source  | */wechatpay.settlement.*.csv | rows   | 1     | 0       | 1          | true
        source  | */wechatpay.settlement.*.csv | amount | 30000 | 0       | 30000      | true
        source  | */kakadai.postings.*.csv    | rows    | 1     | 1       | 0          | true
        source  | */kakadai.postings.*.csv    | amount  | 100   | 100     | 0          | true
        source  | */other.postings.*.csv      | rows    | 1     | 1       | 0          | true
        source  | */other.postings.*.csv      | amount  | 2000  | 2000    | 0          | true
        """,
    )


def test_a_file_without_rows_ties_at_nothing() -> None:
    given(
        files="""
            file_date
            D
        """
    ).shows(
        RELATION,
        """
        scope   | measure | read | ties
        channel | rows    | 0    | true
        channel | amount  | 0    | true
        source  | rows    | 0    | true
        source  | amount  | 0    | true
        """,
    )


def test_opening_and_new_less_cleared_is_closing() -> None:
    stored = """
        break_id | lender  | channel   | category         | subject
        {kept}   | -       | alipay    | debit_not_posted | debit:alipay:D2
        gone-1   | kakadai | alipay    | debit_not_posted | debit:alipay:X1
        gone-2   | kakadai | alipay    | debit_not_posted | debit:alipay:X2
        gone-3   | kakadai | wechatpay | debit_not_posted | debit:wechatpay:X3
        gone-4   | kakadai | -         | wrongly_overdue  | instalment:kakadai:L9:1
        gone-5   | other   | -         | wrongly_overdue  | instalment:other:L9:1
    """
    kept = next(
        row["break_id"]
        for row in given(**NIGHT).rows("reports.breaks")
        if row["subject"] == "debit:alipay:D2"
    )
    night = given(**NIGHT, stored_breaks=stored.format(kept=kept))
    night.shows(
        "reports.breaks",
        """
        category                | channel
        debit_not_posted        | alipay
        posting_without_debit   | alipay
        settlement_not_received | alipay
        """,
    )
    assert [tuple(row.values()) for row in night.rows("reports.roll_forward")] == [
        ("", "kakadai", 1, 0, 1, 0),
        ("", "other", 1, 0, 1, 0),
        ("alipay", "", 3, 2, 2, 3),
        ("wechatpay", "", 1, 0, 1, 0),
    ]
    night.shows(
        RELATION,
        """
        scope   | measure | opening | new | cleared | closing | ties
        channel | rows    | 3       | 2   | 2       | 3       | true
        channel | rows    | 1       | 0   | 1       | 0       | true
        channel | amount  | -       | -   | -       | -       | true
        channel | amount  | -       | -   | -       | -       | true
        lender  | rows    | 1       | 0   | 1       | 0       | true
        lender  | rows    | 1       | 0   | 1       | 0       | true
        lender  | amount  | -       | -   | -       | -       | true
        lender  | amount  | -       | -   | -       | -       | true
        source  | rows    | -       | -   | -       | -       | true
        source  | amount  | -       | -   | -       | -       | true
        source  | rows    | -       | -   | -       | -       | true
        source  | amount  | -       | -   | -       | -       | true
        """,
    )


def test_a_lender_whose_breaks_are_all_there_is_of_it_is_proved_in_rows_and_in_money() -> None:
    given(
        instalments="""
            loan_id | instalment_no | due_date
            L1      | 1             | D
        """
    ).shows(
        RELATION,
        """
        scope  | name    | measure | read | ties | new | closing
        lender | kakadai | rows    | 0    | true | 1   | 1
        lender | kakadai | amount  | 0    | true | -   | -
        """,
    )


def test_without_a_stored_day_everything_is_new() -> None:
    given(**NIGHT).shows(
        "reports.roll_forward",
        """
        channel | opening | new | cleared | closing
        alipay  | 0       | 3   | 0       | 3
        """,
    )


def test_a_break_that_moves_to_another_channel_or_lender_is_cleared_here_and_new_there() -> None:
    ids = {
        "opened": break_id("debit_not_attempted", "instalment:kakadai:L1:1"),
        "of_a_channel": break_id("debit_not_posted", "debit:alipay:D1"),
    }
    moved = given(
        instalments="instalment_no | due_date\n1 | D-3",
        settlement="channel_ref | happened_at\nD1 | D-3 10:00:00",
        bank_receipts="booked_on | settle_date\nD-2 | D-3",
        files="""
            channel   | file_date
            alipay    | D-2
            alipay    | D-1
            wechatpay | D
        """,
        stored_breaks=f"""
            break_id              | lender | channel
            {ids["opened"]}       | other  | -
            {ids["of_a_channel"]} | -      | unionpay
        """,
    )
    assert [tuple(row.values()) for row in moved.rows("reports.roll_forward")] == [
        ("", "kakadai", 0, 1, 0, 1),
        ("", "other", 1, 0, 1, 0),
        ("alipay", "", 0, 1, 0, 1),
        ("unionpay", "", 1, 0, 1, 0),
        ("wechatpay", "", 0, 0, 0, 0),
    ]
    proved = [(row["name"], row["side"], row["opening"]) for row in moved.rows(RELATION)]
    assert ("unionpay", "debit", 1) in proved
    assert ("other", "posting", 1) in proved


def test_what_could_not_be_read_is_read_and_rejected_and_its_money_is_not_known() -> None:
    given(
        settlement="order_no | path\nO1 | a.csv",
        rejects="path\na.csv\na.csv",
    ).shows(
        RELATION,
        """
        scope   | measure | read   | in_transit | rejected | ties
        channel | rows    | 3      | 1          | 2        | true
        channel | amount  | 100000 | 100000     | 0        | true
        source  | rows    | 3      | 1          | 2        | true
        source  | amount  | 100000 | 100000     | 0        | true
        """,
    )


def test_a_lender_that_is_called_as_a_channel_has_a_proof_of_its_own() -> None:
    given(
        instalments="lender | instalment_no | due_date\nalipay | 1 | D-3",
        files="file_date\nD",
        stored_breaks="break_id | channel\nx | alipay",
    ).shows(
        RELATION,
        """
        scope   | name                      | side    | measure | opening | new | ties
        channel | alipay                    | debit   | rows    | 1       | 0   | true
        channel | alipay                    | debit   | amount  | -       | -   | true
        lender  | alipay                    | posting | rows    | 0       | 1   | true
        lender  | alipay                    | posting | amount  | -       | -   | true
        source  | */alipay.settlement.*.csv | debit   | rows    | -       | -   | true
        source  | */alipay.settlement.*.csv | debit   | amount  | -       | -   | true
        """,
    )
