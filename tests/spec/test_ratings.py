"""breaks.ratings: what a break is about in money, and how severe the rules say it is."""

import pytest

from tests.spec.harness import Given, given

RELATION = "breaks.ratings"


def not_posted(amount: str, age_days: int = 2, rules: str = "") -> Given:
    """A debit that nobody posted, its posting window over since `age_days` days."""
    return given(
        settlement=f"""
            channel_ref | happened_at           | amount
            D1          | D-{age_days} 00:00:00 | {amount}
        """,
        bank_receipts=f"""
            settle_date     | booked_on | amount
            D-{age_days} | D         | {amount}
        """,
        severity_rules=f"""
            category | minimum_amount | minimum_age_days | severity | valid_from | valid_to
            {rules}
        """,
    )


def severity_of(amount: str, age_days: int, rules: str) -> str:
    rows = not_posted(amount, age_days, rules).rows(RELATION)
    [severity] = [row["severity"] for row in rows if row["category"] == "debit_not_posted"]
    return str(severity)


def test_without_a_rule_a_break_is_as_severe_as_its_category_usually_is() -> None:
    assert severity_of("0.01", 2, "") == "high"
    assert severity_of("99999999.00", 400, "") == "high"


def test_a_rule_holds_from_its_amount_on() -> None:
    rule = "- | 500.00 | - | critical | - | -"
    assert severity_of("499.99", 2, rule) == "high"
    assert severity_of("500.00", 2, rule) == "critical"


def test_a_rule_holds_from_its_age_on() -> None:
    rule = "- | - | 5 | critical | - | -"
    assert severity_of("1.00", 4, rule) == "high"
    assert severity_of("1.00", 5, rule) == "critical"


def test_a_rule_with_two_conditions_needs_both() -> None:
    rule = "- | 500.00 | 5 | critical | - | -"
    assert severity_of("500.00", 4, rule) == "high"
    assert severity_of("499.99", 5, rule) == "high"
    assert severity_of("500.00", 5, rule) == "critical"


def test_a_rule_for_any_category_never_makes_a_break_less_severe() -> None:
    assert severity_of("1.00", 2, "- | - | - | low | - | -") == "high"


def test_a_rule_for_the_category_stands_in_for_its_usual_severity() -> None:
    assert severity_of("1.00", 2, "debit_not_posted | - | - | low | - | -") == "low"
    assert severity_of("1.00", 2, "debit_not_posted | 1.01 | - | low | - | -") == "high"


def test_a_rule_for_another_category_says_nothing() -> None:
    assert severity_of("1.00", 2, "posted_late | - | - | critical | - | -") == "high"


def test_of_several_rules_the_worst_counts() -> None:
    rules = """debit_not_posted | -      | - | low    | - | -
            debit_not_posted | 100.00 | - | medium | - | -
            -                | 500.00 | - | high   | - | -"""
    assert severity_of("99.99", 2, rules) == "low"
    assert severity_of("100.00", 2, rules) == "medium"
    assert severity_of("500.00", 2, rules) == "high"


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "severity"),
    [
        ("D", "-", "critical"),
        ("D+1", "-", "high"),
        ("-", "D+1", "critical"),
        ("-", "D", "high"),
    ],
)
def test_a_rule_counts_on_the_business_dates_it_is_in_force(
    valid_from: str, valid_to: str, severity: str
) -> None:
    assert severity_of("1.00", 2, f"- | - | - | critical | {valid_from} | {valid_to}") == severity


def wronged(stage: str, bureau_status: str, charged: str, rule: str) -> Given:
    """An instalment paid on its due date and held late all the same."""
    return given(
        instalments="""
            instalment_no | due_date
            1             | D-5
        """,
        debit_orders="""
            order_no | requested_at
            O1       | D-5 09:00:00
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-5 10:00:00
        """,
        postings="""
            posting_id | order_no | posted_at
            P1         | O1       | D-5 11:00:00
        """,
        account_status=f"""
            days_past_due | app_status | collection_stage | bureau_status
            5             | overdue    | {stage}          | {bureau_status}
        """,
        charges=f"""
            amount
            {charged}
        """,
        severity_rules=f"""
            category        | minimum_amount | harm   | severity
            wrongly_overdue | -              | {rule} | critical
            -               | 1.00           | -      | high
        """,
    )


@pytest.mark.parametrize(
    ("harm", "stage", "bureau_status", "charged", "severity"),
    [
        ("bureau_record", "none", "1", "0.00", "critical"),
        ("bureau_record", "judicial", "-", "9.00", "high"),
        ("escalated", "phone", "1", "9.00", "high"),
        ("escalated", "escalated", "-", "0.00", "critical"),
        ("escalated", "legal", "-", "0.00", "critical"),
        ("escalated", "judicial", "-", "0.00", "critical"),
        ("chased", "none", "1", "9.00", "high"),
        ("chased", "reminder", "-", "0.00", "critical"),
        ("out_of_pocket", "judicial", "1", "0.00", "high"),
        ("out_of_pocket", "none", "-", "0.01", "critical"),
    ],
)
def test_harm_is_what_was_done_to_the_borrower(
    harm: str, stage: str, bureau_status: str, charged: str, severity: str
) -> None:
    rows = wronged(stage, bureau_status, charged, harm).rows(RELATION)
    [found] = [row["severity"] for row in rows if row["category"] == "wrongly_overdue"]
    assert found == severity


def test_the_amount_in_question_is_the_difference_else_the_refund_else_what_was_taken() -> None:
    found = {
        row["category"]: (row["difference_minor"], row["amount_in_question_minor"])
        for night in (not_posted("500.00"), wronged("none", "-", "9.00", "chased"))
        for row in night.rows(RELATION)
    }
    assert found["debit_not_posted"] == (-50000, 50000)
    assert found["wrongly_overdue"] == (None, 900)
    assert found["settlement_file_missing"] == (None, 0)


def test_the_amount_in_question_of_money_that_the_channel_is_owed_is_not_below_zero() -> None:
    given(
        settlement="channel_ref | kind | happened_at | amount\nF1 | refund | D-3 10:00:00 | 10.00",
        channels="channel | file_lag_days\nalipay | 9",
    ).shows(
        RELATION,
        """
        category                | difference | amount_in_question
        settlement_not_received | -          | 10.00
        """,
    )


def test_a_rule_for_one_category_leaves_breaks_of_another_as_they_are() -> None:
    given(
        settlement="channel_ref | happened_at | fee\nD1 | D-3 10:00:00 | 1.00",
        bank_receipts="settle_date | booked_on | amount\nD-3 | D-3 | 999.00",
        severity_rules="category | severity\ndebit_not_posted | low",
    ).shows(
        RELATION,
        """
        category                | severity
        debit_not_posted        | low
        channel_fee_differs     | medium
        settlement_file_missing | high
        settlement_file_missing | high
        """,
    )


def test_critical_outdoes_high_in_whichever_order_the_rules_stand() -> None:
    rules = "debit_not_posted | - | - | {} | - | -\n- | - | - | {} | - | -"
    assert severity_of("1.00", 2, rules.format("high", "critical")) == "critical"
    assert severity_of("1.00", 2, rules.format("critical", "high")) == "critical"


def test_two_breaks_of_one_posting_are_rated_each_for_itself() -> None:
    given(
        settlement="order_no | happened_at\nO1 | D-5 10:00:00",
        postings="order_no | posted_at | value_date\nO1 | D-2 10:00:00 | D-2",
        bank_receipts="settle_date | booked_on\nD-5 | D-5",
        severity_rules="category | severity\nposted_late | low\nvalue_date_late | critical",
        channels="channel | file_lag_days\nalipay | 9",
    ).shows(RELATION, "category | severity\nposted_late | low\nvalue_date_late | critical")
