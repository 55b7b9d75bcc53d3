"""Figures taken from streams come out as if the whole had been held."""

import polars as pl
import pyarrow as pa
import pytest

from tests.publish.made_up import a_break, rows_of
from tieout.publish.tally import (
    Consequences,
    Figures,
    Tally,
    age_bucket,
    amount_in_question,
    frame_of,
)


def batch(*rows: dict[str, object]) -> pa.RecordBatch:
    return rows_of("breaks", *rows).combine_chunks().to_batches()[0]


def only_cell(expression: pl.Expr, row: dict[str, object]) -> object:
    return frame_of(batch(row)).select(expression).item()


@pytest.mark.parametrize(
    ("age_days", "bucket"),
    [(0, "<1"), (1, "1-7"), (6, "1-7"), (7, "7-30"), (29, "7-30"), (30, "30+"), (400, "30+")],
)
def test_the_lower_bound_of_an_age_belongs_to_its_bucket(age_days: int, bucket: str) -> None:
    assert only_cell(age_bucket(), a_break(age_days=age_days)) == bucket


@pytest.mark.parametrize(
    ("difference", "refund", "channel_amount", "ledger_amount", "amount"),
    [
        (-700, 50, 900, 800, 700),
        (None, 50, 900, 800, 50),
        (None, None, 900, 800, 900),
        (None, None, None, -800, 800),
        (None, None, None, None, 0),
    ],
)
def test_the_amount_in_question_is_the_first_that_is_stated(
    difference: int | None,
    refund: int | None,
    channel_amount: int | None,
    ledger_amount: int | None,
    amount: int,
) -> None:
    row = a_break(
        difference_minor=difference,
        refund_minor=refund,
        channel_amount_minor=channel_amount,
        ledger_amount_minor=ledger_amount,
    )
    assert only_cell(amount_in_question(), row) == amount


def test_batches_add_up_and_differences_do_not_cancel_out() -> None:
    tally = Tally("channel", "severity")
    tally.count(batch(a_break(difference_minor=-100), a_break(difference_minor=100)))
    tally.count(batch(a_break(difference_minor=-5, refund_minor=7)))
    tally.count(batch(a_break(channel=None, difference_minor=None, channel_amount_minor=40)))
    assert tally.by("channel") == {
        ("",): Figures(count=1, refund=0, difference=0, amount=40),
        ("unionpay",): Figures(count=3, refund=7, difference=205, amount=205),
    }
    assert tally.total() == Figures(count=4, refund=7, difference=205, amount=245)


def test_the_total_of_no_rows_is_nothing() -> None:
    assert Tally("channel").total() == Figures()


def test_an_entry_s_side_is_the_first_word_of_its_subject() -> None:
    tally = Tally("side")
    tally.count(batch(a_break(subject="debit:unionpay:1"), a_break(subject="posting:kakadai:2")))
    assert list(tally.by("side")) == [("debit",), ("posting",)]


def test_wrongly_overdue_counts_borrowers_once_and_every_record_and_collection() -> None:
    wronged = {"category": "wrongly_overdue"}
    consequences = Consequences()
    consequences.count(
        batch(
            a_break(**wronged, borrower_ref="P1", loan_id="L1", bureau_correction="1->N 2018-12"),
            a_break(**wronged, borrower_ref="P1", loan_id="L2", stop_collection=True),
            a_break(category="debit_not_posted", borrower_ref="P9", stop_collection=True),
        )
    )
    consequences.count(
        batch(
            a_break(**wronged, borrower_ref="P1", bureau_correction="", stop_collection=True),
            a_break(**wronged, borrower_ref=None, loan_id="L3"),
            a_break(**wronged, borrower_ref="P1", lender="other"),
        )
    )
    assert consequences.borrowers == 3
    assert consequences.records_to_correct == 1
    assert consequences.collections_to_stop == 2
