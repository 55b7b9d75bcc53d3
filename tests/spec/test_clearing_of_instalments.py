"""reports.clearing_of_instalments: which line took an instalment's break off the list."""

from tests.spec.stored_day import DRAWN_ANEW, drawn_with, told

GRID = """
    lender  | loan_id | instalment_no | due_date | file_date
    kakadai | L1      | 1             | D-3      | D-1
    kakadai | L1      | 2             | D-3      | D-1
    kakadai | L2      | 1             | D-3      | D-1
    other   | L1      | 1             | D-3      | D-1
    kakadai | L3      | 1             | D-3      | D-1
"""


def grid(category: str) -> list[tuple[str, str]]:
    """One break of each instalment that has a neighbour in lender, loan or number."""
    subjects = ("kakadai:L1:1", "kakadai:L1:2", "kakadai:L2:1", "other:L1:1")
    return [(category, f"instalment:{subject}") for subject in subjects]


def test_an_instalment_is_ordered_by_the_last_order_for_itself() -> None:
    never_ordered = ("split_incomplete", "instalment:kakadai:L3:1")
    breaks = grid("debit_not_attempted")
    assert told(
        "reports.clearing_of_instalments",
        *breaks,
        never_ordered,
        ("debit_not_posted", "debit:alipay:D1"),
        instalments=GRID,
        debit_orders="""
            lender  | order_no | channel   | loan_id | instalment_no | requested_at
            kakadai | O1       | alipay    | L1      | 1             | D-2 09:00:00
            kakadai | O2       | alipay    | L1      | 1             | D-1 09:00:00
            kakadai | O3       | alipay    | L1      | 1             | D-1 09:00:00
            kakadai | O3       | wechatpay | L1      | 1             | D-1 08:00:00
            kakadai | O4       | alipay    | L1      | 2             | D 09:00:00
            kakadai | O5       | alipay    | L2      | 1             | D 10:00:00
            other   | O6       | alipay    | L1      | 1             | D 11:00:00
        """,
        settlement="channel_ref | order_no | outcome\nD1 | O6 | failed",
    ) == {
        breaks[0]: ("order_placed", "alipay/O3"),
        breaks[1]: ("order_placed", "alipay/O4"),
        breaks[2]: ("order_placed", "alipay/O5"),
        breaks[3]: ("order_placed", "alipay/O6"),
        never_ordered: ("no_longer_true", None),
    }


def test_an_instalment_is_paid_by_the_last_posting_to_itself() -> None:
    breaks = grid("debit_not_attempted")
    assert told(
        "reports.clearing_of_instalments",
        *breaks,
        instalments=GRID,
        postings="""
            lender  | posting_id | channel | loan_id | instalment_no | posted_at
            kakadai | P1         | -       | L1      | 1             | D-2 09:00:00
            kakadai | P2         | -       | L1      | 1             | D-1 09:00:00
            kakadai | P3         | -       | L1      | 1             | D-1 09:00:00
            kakadai | P4         | -       | L1      | 2             | D 09:00:00
            kakadai | P5         | -       | L2      | 1             | D 10:00:00
            other   | P6         | -       | L1      | 1             | D 11:00:00
        """,
    ) == {
        breaks[0]: ("paid", "P3"),
        breaks[1]: ("paid", "P4"),
        breaks[2]: ("paid", "P5"),
        breaks[3]: ("paid", "P6"),
    }


def test_an_instalment_is_cleared_by_its_own_charges_the_last_waived_first() -> None:
    waived = grid("wrongly_overdue")
    assert told(
        "reports.clearing_of_instalments",
        *waived,
        instalments=GRID,
        charges="""
            lender  | charge_id | loan_id | instalment_no | charged_on | status
            kakadai | C1        | L1      | 1             | D-3        | waived
            kakadai | C2        | L1      | 1             | D-2        | waived
            kakadai | C3        | L1      | 1             | D-2        | waived
            kakadai | C4        | L1      | 2             | D-1        | waived
            kakadai | C5        | L2      | 1             | D-1        | waived
            other   | C6        | L1      | 1             | D          | waived
        """,
        account_status="as_of\nD",
    ) == {
        waived[0]: ("charges_waived", "C3"),
        waived[1]: ("charges_waived", "C4"),
        waived[2]: ("charges_waived", "C5"),
        waived[3]: ("charges_waived", "C6"),
    }


def test_a_record_is_corrected_by_the_last_status_of_its_own_loan() -> None:
    breaks = grid("wrongly_overdue")
    assert told(
        "reports.clearing_of_instalments",
        *breaks,
        instalments=GRID,
        account_status="""
            lender  | loan_id | as_of
            kakadai | L1      | D-1
            kakadai | L2      | D-2
            other   | L1      | D-3
        """,
    ) == {
        breaks[0]: ("record_corrected", "L1/2026-03-08"),
        breaks[1]: ("record_corrected", "L1/2026-03-08"),
        breaks[2]: ("record_corrected", "L2/2026-03-07"),
        breaks[3]: ("record_corrected", "L1/2026-03-06"),
    }


FAILED_ORDER = {
    "loans": "loan_id | file_date\nL1 | D-1",
    "instalments": "instalment_no | due_date | file_date\n1 | D-3 | D-1",
    "debit_orders": """
        order_no | status | requested_at | file_date
        O1       | failed | D-3 09:00:00 | D-1
    """,
    "settlement": "order_no | outcome | happened_at\nO1 | failed | D-3 10:00:00",
}
CHARGED = {
    "charge_rules": "late_interest_rate_per_day\n0.0005",
    "charges": "charge_id | amount | charged_on | file_date\nC1 | 2.00 | D-2 | D-1",
}


def cleared_instalment(category: str, **drawn: str) -> tuple[str, str | None]:
    about = (category, "instalment:kakadai:L1:1")
    return told("reports.clearing_of_instalments", about, **drawn)[about]


def test_while_its_charges_stand_what_changed_is_whose_fault_the_lateness_is() -> None:
    charged = FAILED_ORDER | CHARGED
    statement = """
        entry_no | happened_at  | balance | file_date
        1        | D-5 08:00:00 | 1.00    | D
    """
    assert cleared_instalment("wrongly_overdue", **charged, borrower_statements=statement) == (
        "statement_came",
        "L1/1~2",
    )
    assert cleared_instalment("wrongly_overdue", **charged) == ("no_longer_true", None)
    moved = charged | {
        "instalments": """
            due_date | instalment_no | file_date
            D-9      | 1             | D-1
            D-3      | 1             | D
        """
    }
    assert cleared_instalment("wrongly_overdue", **moved) == ("schedule_changed", "L1/1~2")


def test_a_lateness_that_came_back_with_money_given_back_names_the_refund() -> None:
    drawn = CHARGED | {
        "instalments": FAILED_ORDER["instalments"],
        "debit_orders": "order_no | requested_at | file_date\nO1 | D-3 09:00:00 | D-1",
        "settlement": """
            channel_ref | order_no | kind   | original_ref | amount  | happened_at
            D1          | O1       | debit  | -            | 1000.00 | D-3 10:00:00
            F1          | X9       | refund | D1           | 500.00  | D 10:00:00
        """,
        "postings": """
            posting_id | order_no | posted_at    | file_date
            P1         | O1       | D-3 11:00:00 | D-1
        """,
    }
    assert cleared_instalment("wrongly_overdue", **drawn) == ("money_given_back", "F1")


def test_a_charge_line_explains_nothing_while_the_charges_are_still_held() -> None:
    drawn = FAILED_ORDER | {
        "charges": """
            charge_id | charged_on | status  | file_date
            C1        | D-2        | charged | D-1
            C2        | D          | charged | D
        """
    }
    assert cleared_instalment("wrongly_overdue", **drawn) == ("no_longer_true", None)


def test_charges_that_agree_because_the_loan_was_closed_name_the_loan() -> None:
    drawn = (
        FAILED_ORDER
        | CHARGED
        | {
            "loans": """
                loan_id | status | file_date
                L1      | active | D-1
                L1      | closed | D
            """
        }
    )
    assert cleared_instalment("charge_differs", **drawn) == ("loan_closed", "L1~2")


def test_an_instalment_moved_to_a_later_day_is_cleared_by_the_schedule() -> None:
    drawn = {
        "instalments": """
            instalment_no | due_date | file_date
            1             | D-3      | D-1
            1             | D+9      | D
            2             | D+9      | D
        """
    }
    assert cleared_instalment("debit_not_attempted", **drawn) == ("schedule_changed", "L1/1~2")


KNOWN_OF_L1 = {
    "loans": "loan_id | card_no | status | file_date\nL1 | - | active | D-1",
    "instalments": """
        instalment_no | due_date | file_date
        1             | D-4      | D-1
        2             | D-4      | D-1
    """,
    "debit_orders": """
        order_no | instalment_no | status    | requested_at | file_date
        O1       | 1             | succeeded | D-4 09:00:00 | D-1
        O2       | 2             | succeeded | D-4 09:00:00 | D-1
    """,
    "settlement": """
        channel_ref | order_no | kind  | original_ref | amount  | happened_at  | settle_date
        D1          | O1       | debit | -            | 1000.00 | D-4 10:00:00 | D-1
        D2          | O2       | debit | -            | 1000.00 | D-4 10:00:00 | D-1
    """,
    "postings": """
        posting_id | instalment_no | order_no | kind      | reverses | posted_at    | file_date
        P1         | 1             | O1       | repayment | -        | D-4 11:00:00 | D-1
        P2         | 2             | O2       | repayment | -        | D-4 11:00:00 | D-1
    """,
}
"""A loan with two paid instalments, all of it read by the run of the day before."""

NEW = {
    "its loan is closed": ("loans", "L1 | - | closed | D"),
    "its loan has another card": ("loans", "L1 | 622202******1111 | active | D"),
    "a charge was waived": ("charges", "C1 | 1 | 1.00 | D-2 | waived | D"),
    "a charge of nothing": ("charges", "C2 | 1 | 0.00 | D-2 | charged | D"),
    "it is held late": ("account_status", "D | overdue | reminder | 4"),
    "it is not held late": ("account_status", "D | due | none | 0"),
    "it was paid again": ("postings", "P3 | 1 | X3 | repayment | - | D 11:00:00 | D"),
    "its neighbour was paid": ("postings", "P4 | 2 | X4 | repayment | - | D 11:30:00 | D"),
    "it was ordered": ("debit_orders", "O5 | 1 | unknown | D 11:10:00 | D"),
    "its neighbour was ordered": ("debit_orders", "O6 | 2 | unknown | D 09:30:00 | D"),
    "it has another due date": ("instalments", "1 | D-3 | D"),
    "its debit was refunded": ("settlement", "F1 | O1 | refund | D1 | 500.00 | D 10:00:00 | D"),
    "its neighbour was refunded": ("settlement", "F2 | O2 | refund | D2 | 9.00 | D 10:30:00 | D"),
    "its posting was undone": ("postings", "P5 | 1 | - | reversal | P1 | D 12:00:00 | D"),
    "its neighbour's was undone": ("postings", "P6 | 2 | - | reversal | P2 | D 12:30:00 | D"),
    "a statement came": ("borrower_statements", "S1 | D 13:00:00 | 1.00 | D"),
}
"""What a line of today may say about instalment 1 of that loan, by feed."""


def cleared_by_news(category: str, *news: str) -> tuple[str, str | None]:
    """What took that break of instalment 1 off the list, and the line that shows it."""
    drawn = drawn_with(KNOWN_OF_L1, [NEW[each] for each in news])
    about = (category, "instalment:kakadai:L1:1")
    return told("reports.clearing_of_instalments", about, **drawn)[about]


def by_precedence(category: str, *told: tuple[str, str, str | None]) -> None:
    """Each line decides as long as none of those above it came; the last ones say nothing."""
    for place, (_, word, source) in enumerate(told):
        came = [news for news, _, _ in told[place:]]
        assert cleared_by_news(category, *came) == (word, source), came


def test_what_ends_a_wrong_lateness_is_told_by_the_ledgers_own_record_first() -> None:
    by_precedence(
        "wrongly_overdue",
        ("its loan is closed", "loan_closed", "L1~2"),
        ("a charge was waived", "charges_waived", "C1"),
        ("a charge of nothing", "charges_corrected", "C2"),
        ("it is not held late", "record_corrected", "L1/2026-03-09"),
        ("it has another due date", "schedule_changed", "L1/1~2"),
        ("its debit was refunded", "money_given_back", "F1"),
        ("its posting was undone", "undone", "P5"),
        ("a statement came", "statement_came", "L1/S1"),
        ("it was ordered", "no_longer_true", "alipay/O5"),
        ("it was paid again", "no_longer_true", "P3"),
        ("its neighbour was paid", "no_longer_true", "P4"),
        ("its neighbour was ordered", "no_longer_true", "alipay/O6"),
        ("its neighbour was refunded", "no_longer_true", None),
        ("its neighbour's was undone", "no_longer_true", None),
    )


def test_what_ends_a_break_of_orders_is_told_by_money_and_orders_first() -> None:
    by_precedence(
        "debit_not_attempted",
        ("its loan is closed", "loan_closed", "L1~2"),
        ("it was paid again", "paid", "P3"),
        ("it was ordered", "order_placed", "alipay/O5"),
        ("it has another due date", "schedule_changed", "L1/1~2"),
        ("its debit was refunded", "money_given_back", "F1"),
        ("its posting was undone", "undone", "P5"),
        ("its neighbour was paid", "no_longer_true", "P4"),
        ("its neighbour was ordered", "no_longer_true", "alipay/O6"),
        ("a charge was waived", "no_longer_true", None),
        ("it is not held late", "no_longer_true", None),
        ("a statement came", "no_longer_true", None),
    )


def test_an_instalment_that_is_paid_was_not_paid_by_what_its_neighbour_got() -> None:
    known = KNOWN_OF_L1 | {
        "charges": f"{DRAWN_ANEW['charges']}\nC1 | 1 | 1.00 | D-2 | charged | D-1"
    }
    about = ("debit_not_attempted", "instalment:kakadai:L1:1")
    for news, word, line in (
        ("it was paid again", "paid", "P3"),
        ("its neighbour was paid", "no_longer_true", "P4"),
    ):
        found = told("reports.clearing_of_instalments", about, **drawn_with(known, [NEW[news]]))
        assert found == {about: (word, line)}


def test_a_loan_that_is_not_closed_ends_nothing() -> None:
    another = "its loan has another card"
    assert cleared_by_news("wrongly_overdue", another) == ("no_longer_true", None)


def test_a_record_that_still_holds_it_late_corrects_nothing() -> None:
    late = ("it is held late", "its debit was refunded", "its posting was undone")
    assert cleared_by_news("wrongly_overdue", *late) == ("money_given_back", "F1")
    assert cleared_by_news("wrongly_overdue", "a charge was waived", *late)[0] == "money_given_back"


def test_a_neighbour_that_is_late_says_nothing_of_the_charges_of_another() -> None:
    own, neighbours = (("charge_differs", f"instalment:kakadai:{loan}:1") for loan in ("L1", "L2"))
    assert told(
        "reports.clearing_of_instalments",
        own,
        neighbours,
        instalments="""
            loan_id | instalment_no | due_date | file_date
            L1      | 1             | D-4      | D-1
            L2      | 1             | D-4      | D-1
        """,
        debit_orders="""
            order_no | loan_id | status    | requested_at | file_date
            O1       | L1      | succeeded | D-4 09:00:00 | D-1
            O2       | L2      | failed    | D-4 09:00:00 | D-1
        """,
        settlement="""
            order_no | outcome   | happened_at  | settle_date
            O1       | succeeded | D-4 10:00:00 | D-1
            O2       | failed    | D-4 10:00:00 | D-1
        """,
        postings="order_no | loan_id | posted_at | file_date\nO1 | L1 | D-4 11:00:00 | D-1",
        charge_rules="late_interest_rate_per_day\n0.0005",
        charges="""
            charge_id | loan_id | amount | charged_on | status  | file_date
            C1        | L1      | 1.00   | D-2        | waived  | D
            C2        | L2      | 2.00   | D-2        | charged | D
        """,
    ) == {own: ("no_longer_true", None), neighbours: ("charges_corrected", "C2")}


def test_a_neighbour_that_is_held_late_does_not_stand_in_the_way() -> None:
    drawn = KNOWN_OF_L1 | {
        "charges": """
            charge_id | instalment_no | amount | charged_on | status  | file_date
            C1        | 1             | 1.00   | D-2        | waived  | D
            C2        | 2             | 1.00   | D-2        | charged | D-1
        """
    }
    about = ("wrongly_overdue", "instalment:kakadai:L1:1")
    found = told("reports.clearing_of_instalments", about, **drawn)
    assert found == {about: ("charges_waived", "C1")}
