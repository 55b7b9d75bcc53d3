"""channel_fee_differs: the sum of a day's fees is not what the agreed rate gives."""

import pytest

from tests.spec.harness import given

RELATION = "breaks.channel_fee_differs"


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("1000.00", "6.00"),
        ("100.08", "0.60"),
        ("100.75", "0.60"),
        ("0.83", "0.00"),
        ("0.84", "0.01"),
        ("2.50", "0.02"),
        ("2.49", "0.01"),
        ("99999999999999.99", "600000000000.00"),
    ],
)
def test_the_fee_is_the_amount_times_the_rate_rounded_half_up(amount: str, fee: str) -> None:
    given(
        channels="""
            fee_rate
            0.006
        """,
        settlement=f"""
            amount   | fee
            {amount} | {fee}
        """,
    ).shows_nothing(RELATION)


@pytest.mark.parametrize(("fee", "cause"), [("6.01", "fee_too_high"), ("5.99", "fee_too_low")])
def test_a_fee_that_is_off_by_a_minor_unit_differs(fee: str, cause: str) -> None:
    given(
        channels="""
            fee_rate
            0.006
        """,
        settlement=f"""
            amount  | fee
            1000.00 | {fee}
        """,
    ).shows(
        RELATION,
        f"""
        channel | settle_date | cause   | ledger_amount | channel_amount | true_since
        alipay  | D           | {cause} | 6.00          | {fee}          | D
        """,
    )


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("49.00", "0.10"),
        ("50.00", "0.10"),
        ("53.00", "0.11"),
        ("1000.00", "2.00"),
        ("1001.00", "2.00"),
        ("2000.00", "2.00"),
    ],
)
def test_the_fee_lies_between_its_minimum_and_its_maximum(amount: str, fee: str) -> None:
    given(
        channels="""
            fee_rate | fee_minimum | fee_maximum
            0.002    | 0.10        | 2.00
        """,
        settlement=f"""
            amount   | fee
            {amount} | {fee}
        """,
    ).shows_nothing(RELATION)


def test_each_line_is_rounded_and_clamped_by_itself_and_the_sums_are_compared() -> None:
    given(
        channels="""
            fee_rate
            0.005
        """,
        settlement="""
            amount | fee
            1.00   | 0.00
            1.00   | 0.02
        """,
    ).shows_nothing(RELATION)
    given(
        channels="""
            fee_rate
            0.005
        """,
        settlement="""
            amount | fee
            1.00   | 0.01
            1.00   | -
        """,
    ).shows(
        RELATION,
        """
        cause       | ledger_amount | channel_amount
        fee_too_low | 0.02          | 0.01
        """,
    )


def test_a_line_that_is_no_succeeded_debit_costs_nothing_even_with_a_minimum() -> None:
    lines = """
        kind     | outcome   | amount | fee
        debit    | failed    | 100.00 | 0.00
        debit    | unknown   | 100.00 | 0.00
        refund   | succeeded | 100.00 | {refund}
        reversal | succeeded | 100.00 | 0.00
    """
    terms = """
        fee_rate | fee_minimum
        0.006    | 0.50
    """
    given(channels=terms, settlement=lines.format(refund="0.00")).shows_nothing(RELATION)
    given(channels=terms, settlement=lines.format(refund="0.01")).shows(
        RELATION,
        """
        cause        | ledger_amount | channel_amount
        fee_too_high | 0.00          | 0.01
        """,
    )
    given(channels=terms, settlement=lines.format(refund="-0.60")).shows(
        RELATION,
        """
        cause       | ledger_amount | channel_amount
        fee_too_low | 0.00          | -0.60
        """,
    )


def test_the_rate_is_that_of_the_settle_date() -> None:
    given(
        channels="""
            channel  | cut_off | fee_rate | valid_from | valid_to
            unionpay | 23:00   | 0.001    | -          | D
            unionpay | 23:00   | 0.002    | D          | -
        """,
        settlement="""
            channel  | happened_at  | amount  | fee
            unionpay | D-1 22:59:59 | 1000.00 | 1.00
            unionpay | D-1 23:00:00 | 1000.00 | 2.00
        """,
    ).shows_nothing(RELATION)


def test_each_channel_and_each_day_is_judged_by_itself() -> None:
    given(
        channels="""
            channel   | fee_rate
            alipay    | 0.001
            wechatpay | 0.002
        """,
        settlement="""
            channel   | happened_at  | amount  | fee
            alipay    | D-1 10:00:00 | 1000.00 | 0.90
            alipay    | D 10:00:00   | 1000.00 | 1.10
            wechatpay | D 10:00:00   | 1000.00 | 2.00
        """,
    ).shows(
        RELATION,
        """
        channel | settle_date | cause
        alipay  | D-1         | fee_too_low
        alipay  | D           | fee_too_high
        """,
    )


def test_a_line_that_comes_again_later_is_judged_on_each_day_as_delivered() -> None:
    given(
        channels="""
            fee_rate
            0.001
        """,
        settlement="""
            channel_ref | settle_date | amount  | fee
            D1          | D-1         | 1000.00 | 1.50
            D1          | D           | 1000.00 | 1.00
        """,
    ).shows(
        RELATION,
        """
        settle_date
        D-1
        """,
    )


def test_a_very_small_rate_is_exact() -> None:
    given(
        channels="""
            fee_rate
            0.0000000005
        """,
        settlement="""
            amount      | fee
            10000000.00 | 0.01
            9999999.99  | 0.00
        """,
    ).shows_nothing(RELATION)


def test_a_file_without_rows_owes_no_fee() -> None:
    given(
        channels="""
            fee_rate | fee_minimum
            0.006    | 0.50
        """,
        files="""
            file_date
            D
        """,
    ).shows_nothing(RELATION)
