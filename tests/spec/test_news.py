"""reports.news: the lines that tell of a gone break what the stored day before did not know."""

from tests.spec.harness import given
from tests.spec.stored_day import KNOWN, stored

# no rule of charges is drawn, so none of these is still there
INSTALMENT = stored(("charge_differs", "instalment:kakadai:L1:1"))
DEBIT = stored(("amount_differs", "debit:alipay:D1"))


def news(breaks: str, expected: str, **drawn: str) -> None:
    """Assert what is new, by kind and line."""
    given(stored_breaks=breaks, **{"stored_inputs": KNOWN, **drawn}).shows("reports.news", expected)


def test_a_line_of_a_file_that_the_stored_day_read_is_no_news() -> None:
    drawn = {
        "postings": """
            posting_id | posted_at    | file_date
            P1         | D-1 10:00:00 | D-1
            P2         | D-1 10:00:00 | D
        """
    }
    news(INSTALMENT, "kind | source_id\nposting | P2", **drawn)


def test_a_file_of_an_earlier_day_that_came_late_is_news() -> None:
    drawn = {"postings": "posting_id | posted_at | file_date\nP1 | D-3 10:00:00 | D-3"}
    news(INSTALMENT, "kind | source_id\nposting | P1", stored_inputs="path\nother.csv", **drawn)


KNOWN_WITH_MEMBER = """
    path                                           | member
    2026-03-08/kakadai.debit_orders.2026-03-08.csv | -
    a.zip                                          | """


def test_a_member_of_an_archive_is_known_by_its_own_name() -> None:
    drawn = {
        "settlement": """
            path  | member  | channel_ref | happened_at
            a.zip | one.txt | D1          | D-1 10:00:00
        """,
        "debit_orders": "order_no | requested_at | file_date\nO9 | D-1 09:00:00 | D-1",
    }
    news(DEBIT, "source_id", stored_inputs=f"{KNOWN_WITH_MEMBER}one.txt", **drawn)
    news(DEBIT, "source_id\nD1", stored_inputs=f"{KNOWN_WITH_MEMBER}two.txt", **drawn)


def test_what_is_stamped_today_is_news_though_its_file_came_early() -> None:
    drawn = {
        "postings": """
            posting_id | posted_at           | file_date
            P1         | D-1 23:59:59.999999 | D-1
            P2         | D 00:00:00          | D-1
            P3         | D+1 00:00:00        | D
        """
    }
    news(INSTALMENT, "kind | source_id\nposting | P2", **drawn)


def test_a_line_that_repeats_what_was_said_is_no_news_and_one_that_differs_is() -> None:
    for said, expected in (("D-3", "source_id"), ("D-2", "kind | source_id\ninstalment | L1/1~2")):
        drawn = {
            "instalments": f"""
                instalment_no | due_date | file_date
                1             | D-3      | D-1
                1             | {said}   | D
            """
        }
        news(INSTALMENT, expected, **drawn)


def test_what_was_said_before_last_is_news_when_it_is_said_again() -> None:
    drawn = {
        "instalments": """
            instalment_no | due_date | file_date
            1             | D-3      | D-2
            1             | D-5      | D-1
            1             | D-3      | D
        """
    }
    news(INSTALMENT, "source_id\nL1/1~3", **drawn)


def test_only_the_last_word_on_a_thing_is_news() -> None:
    drawn = {
        "instalments": """
            instalment_no | due_date | file_date | path
            1             | D-3      | D-1       | known.csv
            1             | D-5      | D         | new.csv
            1             | D-7      | D         | new.csv
        """,
        "stored_inputs": "path\nknown.csv",
    }
    news(INSTALMENT, "source_id\nL1/1~3", **drawn)
    # the earlier version arrives later: what is in force is what was known
    drawn["stored_inputs"] = "path\nnew.csv"
    news(INSTALMENT, "source_id", **drawn)


def test_every_thing_of_every_break_and_kind_has_a_last_word_of_its_own() -> None:
    told = """
        loan_id | instalment_no | due_date | file_date
        L1      | 1             | D-3      | {day}
        L1      | 2             | D-3      | {day}
    """
    charged = """
        charge_id | loan_id | instalment_no | charged_on | file_date
        C1        | L1      | 1             | D-2        | {day}
        C2        | L1      | 1             | D-2        | {day}
        C3        | L1      | 2             | D-2        | {day}
    """
    both = stored(
        ("charge_differs", "instalment:kakadai:L1:1"), ("charge_differs", "instalment:kakadai:L1:2")
    )
    drawn = {
        "instalments": told.format(day="D-1") + told.format(day="D").partition("file_date")[2],
        "charges": charged.format(day="D-1") + charged.format(day="D").partition("file_date")[2],
        "loans": "loan_id | status | file_date\nL1 | active | D-1\nL1 | active | D",
        "account_status": """
            as_of | app_status | file_date
            D-1   | due        | D-1
            D     | overdue    | D
        """,
    }
    status = "status | L1/2026-03-09"
    news(both, f"kind | source_id\n{status}\n{status}", **drawn)
    drawn["account_status"] = drawn["account_status"].replace("overdue", "due    ")
    news(both, "source_id", **drawn)


def test_of_files_of_one_day_the_last_path_and_of_its_lines_the_last_one_counts() -> None:
    told = """
        path  | file_date | instalment_no | due_date
        b.csv | D-1       | 1             | D-9
        b.csv | D-1       | 1             | D-3
        a.csv | D-1       | 1             | D-5
        d.csv | D         | 1             | {last}
        c.csv | D         | 1             | D-7
    """
    known = "path\na.csv\nb.csv"
    news(INSTALMENT, "source_id", instalments=told.format(last="D-3"), stored_inputs=known)
    expected = "source_id\nL1/1~4"
    news(INSTALMENT, expected, instalments=told.format(last="D-5"), stored_inputs=known)


def test_a_later_file_counts_whatever_its_line_is_dated() -> None:
    charges = """
        charge_id | charged_on | file_date
        C1        | D-1        | D-2
        C1        | D-3        | D
    """
    news(INSTALMENT, "source_id\nC1~2", charges=charges)


def test_the_newest_status_is_that_of_the_newest_day_and_growing_by_itself_is_no_news() -> None:
    held = """
        as_of | days_past_due | app_status | file_date
        D-1   | 2             | overdue    | D-1
        D     | {days}        | {status}   | D
        D-2   | 9             | due        | D
    """
    for days, status, expected in (
        ("3", "overdue", "source_id"),
        ("4", "overdue", "kind | word | source_id\nstatus | overdue | L1/2026-03-09"),
        ("0", "due", "kind | word | source_id\nstatus | due | L1/2026-03-09"),
    ):
        news(INSTALMENT, expected, account_status=held.format(days=days, status=status))


def test_news_is_of_the_break_s_own_loan_instalment_and_borrower() -> None:
    news(
        INSTALMENT,
        """
        kind       | word      | source_id | is_own
        instalment | -         | L1/1      | true
        loan       | active    | L1        | true
        charge     | charged   | C1        | true
        order      | succeeded | alipay/O1 | true
        order      | succeeded | alipay/O2 | false
        posting    | repayment | P1        | true
        posting    | repayment | P2        | false
        undoing    | reversal  | P3        | true
        debit      | succeeded | D1        | true
        refund     | succeeded | F1        | true
        debit      | succeeded | D2        | false
        statement  | -         | L1/1~3    | true
        statement  | -         | L2/1~2    | true
        """,
        loans="""
            loan_id | borrower_ref | lender
            L1      | B-L1         | kakadai
            L2      | B-L1         | kakadai
            L3      | B-3          | kakadai
            L1      | B-L1         | other
        """,
        instalments="""
            loan_id | instalment_no | lender
            L1      | 1             | kakadai
            L1      | 2             | kakadai
            L2      | 1             | kakadai
            L1      | 1             | other
        """,
        charges="""
            charge_id | loan_id | instalment_no | lender
            C1        | L1      | 1             | kakadai
            C2        | L1      | 2             | kakadai
            C3        | L2      | 1             | kakadai
            C4        | L1      | 1             | other
        """,
        account_status="loan_id | lender\nL2 | kakadai\nL1 | other",
        debit_orders="""
            order_no | loan_id | instalment_no | lender
            O1       | L1      | 1             | kakadai
            O2       | L1      | 2             | kakadai
            O3       | L2      | 1             | kakadai
            O4       | L1      | 1             | other
        """,
        postings="""
            posting_id | loan_id | instalment_no | kind      | reverses | lender
            P1         | L1      | 1             | repayment | -        | kakadai
            P2         | L1      | 2             | repayment | -        | kakadai
            P3         | L1      | 1             | reversal  | P1       | kakadai
            P4         | L2      | 1             | repayment | -        | kakadai
            P5         | L1      | 1             | repayment | -        | other
        """,
        settlement="""
            channel  | channel_ref | order_no | kind   | original_ref
            alipay   | D1          | O1       | debit  | -
            alipay   | F1          | X1       | refund | D1
            alipay   | D2          | O2       | debit  | -
            alipay   | D3          | O3       | debit  | -
            unionpay | D9          | O1       | debit  | -
            unionpay | F9          | X9       | refund | D1
        """,
        borrower_statements="""
            loan_id | entry_no | lender
            L1      | 1        | kakadai
            L2      | 1        | kakadai
            L3      | 1        | kakadai
            L1      | 1        | other
        """,
    )


def test_of_a_debit_its_own_lines_are_told_from_those_of_its_loan() -> None:
    news(
        DEBIT,
        """
        kind    | source_id | is_own
        debit   | D1        | true
        refund  | F1        | true
        debit   | D2        | false
        refund  | F2        | false
        order   | alipay/O2 | false
        posting | P2        | false
        """,
        debit_orders="order_no\nO2",
        settlement="""
            channel_ref | order_no | kind   | original_ref
            D1          | -        | debit  | -
            F1          | -        | refund | D1
            D2          | O2       | debit  | -
            F2          | -        | refund | D2
            D3          | -        | debit  | -
        """,
        postings="posting_id | order_no\nP2 | O2",
    )


def test_of_a_posting_its_reversal_is_its_own_and_another_posting_is_not() -> None:
    news(
        stored(("posting_without_debit", "posting:kakadai:P1")),
        """
        kind    | source_id | is_own
        posting | P1        | true
        undoing | P3        | true
        posting | P2        | false
        undoing | P4        | false
        """,
        postings="""
            posting_id | order_no | kind      | reverses
            P1         | -        | repayment | -
            P2         | -        | repayment | -
            P3         | -        | reversal  | P1
            P4         | -        | reversal  | P2
        """,
    )


def test_of_an_order_only_its_own_number_is_its_own() -> None:
    news(
        stored(("debit_status_conflict", "order:kakadai:O1")),
        """
        kind    | source_id   | is_own
        order   | alipay/O1   | true
        order   | alipay/O2   | false
        order   | unionpay/O1 | false
        debit   | D1          | true
        debit   | D2          | false
        debit   | D9          | false
        posting | P1          | true
        posting | P2          | false
        """,
        debit_orders="order_no | channel\nO1 | alipay\nO2 | alipay\nO1 | unionpay",
        settlement="""
            channel  | channel_ref | order_no
            alipay   | D1          | O1
            alipay   | D2          | O2
            unionpay | D9          | O1
        """,
        postings="posting_id | order_no\nP1 | O1\nP2 | O2",
    )


def test_nothing_is_told_of_breaks_that_are_still_there() -> None:
    still_there = stored(("debit_not_attempted", "instalment:kakadai:L1:1"))
    news(still_there, "source_id", instalments="due_date\nD-3")
