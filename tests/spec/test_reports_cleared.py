"""reports.cleared: breaks of the stored day before that are gone, and what cleared them."""

from tests.spec.harness import given

RELATION = "reports.cleared"


def test_a_break_that_is_still_there_is_not_cleared() -> None:
    drawn = {
        "instalments": """
            instalment_no | due_date
            1             | D-3
        """
    }
    break_id = given(**drawn).rows("reports.breaks")[0]["break_id"]
    given(
        **drawn,
        stored_breaks=f"""
            break_id   | category            | subject
            {break_id} | debit_not_attempted | instalment:kakadai:L1:1
        """,
    ).shows_nothing(RELATION)


def test_without_a_stored_day_nothing_is_cleared() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """
    ).shows_nothing(RELATION)


def test_an_open_entry_that_found_its_other_side_is_now_matched() -> None:
    given(
        debit_orders="""
            order_no
            O1
        """,
        settlement="""
            channel_ref | order_no
            D1          | O1
        """,
        postings="""
            posting_id | order_no
            P1         | O1
        """,
        stored_breaks="""
            break_id | category              | subject
            one      | debit_not_posted      | debit:alipay:D1
            two      | posting_without_debit | posting:kakadai:P1
        """,
    ).shows(
        RELATION,
        """
        break_id | category              | subject            | cleared_by
        one      | debit_not_posted      | debit:alipay:D1    | now matched
        two      | posting_without_debit | posting:kakadai:P1 | now matched
        """,
    )


def test_an_entry_that_waits_again_is_now_in_transit() -> None:
    given(
        settlement="""
            channel_ref | order_no
            D1          | O1
        """,
        stored_breaks="""
            break_id | category         | subject
            one      | debit_not_posted | debit:alipay:D1
        """,
    ).shows(
        RELATION,
        """
        break_id | cleared_by
        one      | now in transit
        """,
    )


def test_an_entry_that_takes_no_part_any_more_tells_why() -> None:
    given(
        settlement="""
            channel_ref | kind   | original_ref
            D1          | debit  | -
            F1          | refund | D1
        """,
        postings="""
            posting_id | kind      | reverses | order_no
            P1         | repayment | -        | X1
            P2         | reversal  | P1       | X1
        """,
        stored_breaks="""
            break_id | category              | subject
            one      | debit_not_posted      | debit:alipay:D1
            two      | posting_without_debit | posting:kakadai:P1
        """,
    ).shows(
        RELATION,
        """
        break_id | cleared_by
        one      | now reversed
        two      | now undone
        """,
    )


def test_a_subject_that_is_now_called_otherwise_says_so() -> None:
    given(
        debit_orders="""
            order_no | requested_at
            O1       | D-3 09:00:00
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 10:00:00
        """,
        postings="""
            posting_id | order_no | posted_at    | amount
            P1         | O1       | D-3 11:00:00 | 990.00
        """,
        stored_breaks="""
            break_id | category         | subject
            one      | debit_not_posted | debit:alipay:D1
        """,
    ).shows(
        RELATION,
        """
        break_id | cleared_by
        one      | now amount_differs
        """,
    )


def test_an_event_past_its_days_was_listed_long_enough() -> None:
    given(
        event_days=5,
        instalments="""
            instalment_no | due_date
            1             | D-30
        """,
        debit_orders="""
            order_no | status | requested_at
            O1       | failed | D-6 09:00:00
        """,
        stored_breaks="""
            break_id | category             | subject
            one      | debit_attempted_late | instalment:kakadai:L1:1
        """,
    ).shows(
        RELATION,
        """
        break_id | cleared_by
        one      | listed long enough
        """,
    )


def test_any_other_break_is_no_longer_true() -> None:
    given(
        stored_breaks="""
            break_id | category                | subject
            one      | settlement_file_missing | settlement:alipay:2026-03-03
            two      | debit_not_attempted     | instalment:kakadai:L1:1
        """
    ).shows(
        RELATION,
        """
        break_id | cleared_by
        one      | no longer true
        two      | no longer true
        """,
    )


def test_a_cleared_break_keeps_what_the_day_before_said_of_it_and_is_sorted() -> None:
    given(
        stored_breaks="""
            break_id | category            | subject                 | channel | liable   | remedy
            b        | debit_not_attempted | instalment:kakadai:L1:2 | -       | platform | Order.
            a        | debit_not_attempted | instalment:kakadai:L1:1 | -       | platform | Order.
            c        | charge_differs      | instalment:kakadai:L1:1 | alipay  | bank     | Mend.
        """
    ).shows(
        RELATION,
        """
        break_id | category            | channel | liable   | remedy
        c        | charge_differs      | alipay  | bank     | Mend.
        a        | debit_not_attempted | -       | platform | Order.
        b        | debit_not_attempted | -       | platform | Order.
        """,
        ordered=True,
    )


def test_a_subject_called_by_several_names_now_tells_them_in_order() -> None:
    given(
        debit_orders="""
            order_no | requested_at
            O1       | D-3 09:00:00
        """,
        settlement="""
            order_no | happened_at
            O1       | D-3 10:00:00
        """,
        postings="""
            posting_id | order_no | posted_at
            P1         | O1       | D-1 10:00:00
        """,
        stored_breaks="""
            break_id | category              | subject
            one      | posting_without_debit | posting:kakadai:P1
        """,
    ).shows(
        RELATION,
        """
        break_id | cleared_by
        one      | now posted_late, value_date_late
        """,
    )


def test_only_the_event_itself_was_listed_long_enough() -> None:
    given(
        event_days=5,
        instalments="""
            instalment_no | due_date
            1             | D-30
        """,
        debit_orders="""
            order_no | status | requested_at
            O1       | failed | D-6 09:00:00
        """,
        stored_breaks="""
            break_id | category             | subject
            one      | debit_not_attempted  | instalment:kakadai:L1:1
            two      | debit_attempted_late | instalment:kakadai:L2:1
        """,
    ).shows(
        RELATION,
        """
        break_id | cleared_by
        one      | no longer true
        two      | no longer true
        """,
    )
