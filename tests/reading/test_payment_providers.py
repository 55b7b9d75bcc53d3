"""Reports of Stripe, Adyen, GoCardless and Antom: whose money moved, which way, at what fee."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.reading.delivered import Read, fault_of, read_all
from tieout.faults import ExitCode
from tieout.reading import load_formats

STRIPE = {
    "automatic_payout_id": "po_1",
    "balance_transaction_id": "txn_1",
    "created_utc": "2018-12-19 10:00:00",
    "currency": "usd",
    "gross": "100.00",
    "fee": "1.00",
    "net": "99.00",
    "reporting_category": "charge",
    "source_id": "ch_1",
    "charge_id": "ch_1",
    "payment_intent_id": "pi_1",
    "payment_metadata[order_no]": "DO1",
}
ADYEN = {
    "Company Account": "Lender",
    "Psp Reference": "PSP1",
    "Merchant Reference": "DO1",
    "Creation Date": "2018-12-19 10:00:00",
    "TimeZone": "CET",
    "Type": "Settled",
    "Modification Reference": "MOD1",
    "Gross Currency": "USD",
    "Gross Debit (GC)": "",
    "Gross Credit (GC)": "100.00",
    "Net Currency": "USD",
    "Net Debit (NC)": "",
    "Net Credit (NC)": "98.00",
}
TRANSACTION = {
    "customers.id": "CU1",
    "resources.type": "payment",
    "resources.created_at": "2018-12-12T09:00:00.000Z",
    "resources.charge_date": "2018-12-18",
    "resources.status": "paid_out",
    "resources.reference": "DO1",
    "gross_amount": "100.00",
    "net_amount": "98.80",
    "currency": "USD",
    "payouts.id": "PO1",
    "payouts.arrival_date": "2018-12-19",
    "payments.id": "PM1",
    "refunds.id": "",
}
EVENT = {
    "id": "EV1",
    "created_at": "2018-12-19T02:00:00.000Z",
    "resource_type": "payments",
    "action": "paid_out",
    "credit_amount": "100.00",
    "debit_amount": "",
    "details.cause": "payment_paid_out",
    "links.payment": "PM1",
    "payments.currency": "USD",
    "payments.reference": "DO1",
}
PAYOUT = {
    "id": "PO1",
    "amount": "97.60",
    "currency": "USD",
    "status": "paid",
    "arrival_date": "2018-12-19",
    "transaction_fee_debit": "2.40",
    "transaction_fee_credit": "0.50",
    "app_fee_debit": "0.50",
    "app_fee_credit": "0.00",
}
ANTOM = {
    "settlementBatchId": "2018121900000000001",
    "transactionId": "PAY1",
    "originalTransactionId": "",
    "transactionRequestId": "REQ1",
    "referenceTransactionId": "DO1",
    "transactionType": "PAYMENT",
    "paymentTime": "2018-12-19T10:00:00+09:00",
    "settlementTime": "2018-12-20T00:00:00+09:00",
    "transactionAmountValue": "100.00",
    "transactionCurrency": "USD",
    "settlementAmountValue": "98.50",
    "settlementCurrency": "USD",
}
ANTOM_NAME = "settlementItems_GCASH_USD_2018121900000000001_000.csv"
REPORTS = {
    "stripe_payout_itemized_v1": STRIPE,
    "adyen_settlement_detail_v1": ADYEN,
    "gocardless_transactions_v1": TRANSACTION,
    "gocardless_events_v1": EVENT,
    "gocardless_payouts_v1": PAYOUT,
    "antom_settlement_items_v1": ANTOM,
}


def csv(columns: Mapping[str, str], *rows: Mapping[str, str], end: str = "") -> bytes:
    lines = [columns, *({**columns, **row}.values() for row in rows)]
    return ("".join(",".join(line) + "\r\n" for line in lines) + end).encode()


def report(folder: Path, format_name: str, *rows: Mapping[str, str], **options: Any) -> Read:
    end = "<END>\r\n" if format_name.startswith("antom") else ""
    name = ANTOM_NAME if end else "provider.2018-12-19.csv"
    data = csv(REPORTS[format_name], *rows, end=end)
    (part,) = read_all(folder, name, data, format_name, **{"currency": "USD", **options})
    return part


def told(part: Read, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in part.rows]


@pytest.mark.parametrize("format_name", REPORTS)
def test_a_report_without_rows_is_a_day_without_events(tmp_path: Path, format_name: str) -> None:
    part = report(tmp_path, format_name)
    assert (part.rows, part.rejects) == ([], [])


@pytest.mark.parametrize("format_name", REPORTS)
def test_a_column_that_drifted_away_is_told_by_name(tmp_path: Path, format_name: str) -> None:
    drifted = {name: value for name, value in REPORTS[format_name].items() if "urrency" not in name}
    fault = fault_of(tmp_path, "x.2018-12-19.csv", csv(drifted, {}), format_name)
    assert (fault.code, fault.exit_code) == ("columns-missing", ExitCode.UNREADABLE)
    assert "urrency" in fault.expected


@pytest.mark.parametrize("format_name", REPORTS)
def test_a_line_in_another_currency_is_a_bad_line(tmp_path: Path, format_name: str) -> None:
    part = report(tmp_path, format_name, {}, currency="EUR")
    assert part.rows == []
    reason = part.rejects[0]["reason"]
    assert reason.lower().startswith('currency: found "usd", expected eur')


@pytest.mark.parametrize(
    ("category", "gross", "net", "told_as"),
    [
        ("charge", "100.00", "99.00", ("debit", 10000, 100, "ch_1", None)),
        ("refund", "-25.00", "-25.00", ("refund", 2500, 0, "txn_1", "ch_1")),
        ("charge_failure", "-100.00", "-104.00", ("reversal", 10000, 400, "txn_1", "ch_1")),
        ("dispute", "-100.00", "-115.00", ("reversal", 10000, 1500, "txn_1", "ch_1")),
        ("dispute_reversal", "100.00", "100.00", ("debit", 10000, 0, "txn_1", "ch_1")),
        ("refund_failure", "25.00", "25.00", ("debit", 2500, 0, "txn_1", "ch_1")),
        ("fee", "-1.75", "-1.75", ("refund", 0, 175, "txn_1", "ch_1")),
    ],
)
def test_stripe_s_category_tells_what_a_line_is(
    tmp_path: Path, category: str, gross: str, net: str, told_as: tuple[Any, ...]
) -> None:
    fee = str(Decimal(gross) - Decimal(net))
    row = {"reporting_category": category, "gross": gross, "fee": fee, "net": net}
    part = report(tmp_path, "stripe_payout_itemized_v1", row)
    columns = ("kind", "amount_minor", "fee_minor", "channel_ref", "original_ref")
    assert told(part, *columns) == [told_as]


def test_a_stripe_payout_is_no_event_and_an_unknown_category_is_a_bad_line(tmp_path: Path) -> None:
    part = report(
        tmp_path,
        "stripe_payout_itemized_v1",
        {},
        {"reporting_category": "payout", "gross": "-99.00"},
        {"reporting_category": "climate_order_purchase"},
    )
    assert len(part.rows) == 1
    assert 'kind: found "climate_order_purchase", expected' in part.rejects[0]["reason"]


def test_stripe_writes_coordinated_time_and_names_the_order_in_the_metadata(
    tmp_path: Path,
) -> None:
    part = report(tmp_path, "stripe_payout_itemized_v1", {}, {"payment_metadata[order_no]": ""})
    assert told(part, "order_no", "happened_at") == [
        ("DO1", datetime(2018, 12, 19, 18)),
        ("pi_1", datetime(2018, 12, 19, 18)),
    ]


def test_stripe_s_optional_columns_may_be_left_out(tmp_path: Path) -> None:
    optional = ("charge_id", "payment_intent_id", "payment_metadata[order_no]")
    row = {name: value for name, value in STRIPE.items() if name not in optional}
    (part,) = read_all(tmp_path, "stripe.2018-12-19.csv", csv(row, {}), "stripe_payout_itemized_v1")
    assert told(part, "order_no", "channel_ref") == [(None, "ch_1")]


@pytest.mark.parametrize(
    ("gross_debit", "gross_credit"), [("", "100.00"), ("100.00", ""), ("0.00", "100.00")]
)
def test_a_settled_adyen_payment_is_a_debit_whichever_gross_column_is_filled(
    tmp_path: Path, gross_debit: str, gross_credit: str
) -> None:
    row = {"Gross Debit (GC)": gross_debit, "Gross Credit (GC)": gross_credit}
    part = report(tmp_path, "adyen_settlement_detail_v1", row)
    columns = ("kind", "amount_minor", "fee_minor", "channel_ref", "order_no", "original_ref")
    assert told(part, *columns) == [("debit", 10000, 200, "PSP1", "DO1", None)]


@pytest.mark.parametrize(
    ("journal", "kind"),
    [("Refunded", "refund"), ("Chargeback", "reversal"), ("SecondChargeback", "reversal")],
)
def test_an_adyen_line_that_nets_a_debit_is_money_out(
    tmp_path: Path, journal: str, kind: str
) -> None:
    row = {"Type": journal, "Net Debit (NC)": "115.00", "Net Credit (NC)": ""}
    part = report(tmp_path, "adyen_settlement_detail_v1", row)
    columns = ("kind", "amount_minor", "fee_minor", "channel_ref", "original_ref")
    assert told(part, *columns) == [(kind, 10000, 1500, f"MOD1/{journal}", "PSP1")]


def test_an_adyen_chargeback_that_is_reversed_is_a_debit_of_its_own(tmp_path: Path) -> None:
    part = report(tmp_path, "adyen_settlement_detail_v1", {"Type": "ChargebackReversed"})
    assert told(part, "kind", "channel_ref") == [("debit", "MOD1/ChargebackReversed")]


def test_an_adyen_fee_has_no_amount_and_a_payout_is_no_event(tmp_path: Path) -> None:
    own = {"Gross Currency": "", "Gross Credit (GC)": "", "Net Debit (NC)": "3.25"}
    fee = {**own, "Type": "Fee", "Net Credit (NC)": ""}
    part = report(tmp_path, "adyen_settlement_detail_v1", fee, {**fee, "Type": "MerchantPayout"})
    assert told(part, "kind", "amount_minor", "fee_minor") == [("refund", 0, 325)]


@pytest.mark.parametrize(("zone", "hour"), [("CET", 17), ("UTC", 18), ("EST", 23), ("SGT", 10)])
def test_adyen_names_the_zone_of_each_line(tmp_path: Path, zone: str, hour: int) -> None:
    part = report(tmp_path, "adyen_settlement_detail_v1", {"TimeZone": zone})
    assert told(part, "happened_at") == [(datetime(2018, 12, 19, hour),)]


def test_a_zone_nobody_knows_is_a_bad_line(tmp_path: Path) -> None:
    part = report(tmp_path, "adyen_settlement_detail_v1", {"TimeZone": "XYZ"})
    assert 'happened_at: found "XYZ", expected a zone, one of UTC' in part.rejects[0]["reason"]


def test_the_sign_of_a_gocardless_transaction_tells_which_way_it_went(tmp_path: Path) -> None:
    back = {"gross_amount": "-100.00", "net_amount": "-98.80", "resources.status": "charged_back"}
    refund = {
        "resources.type": "refund",
        "gross_amount": "-25.00",
        "net_amount": "-25.00",
        "refunds.id": "RF1",
    }
    part = report(tmp_path, "gocardless_transactions_v1", {}, back, refund)
    columns = ("kind", "amount_minor", "fee_minor", "channel_ref", "original_ref", "happened_at")
    assert told(part, *columns) == [
        ("debit", 10000, 120, "PM1", None, datetime(2018, 12, 18)),
        ("reversal", 10000, -120, "PM1/PO1", "PM1", datetime(2018, 12, 19)),
        ("refund", 2500, 0, "RF1/PO1", "PM1", datetime(2018, 12, 19)),
    ]


def test_a_gocardless_payment_without_a_reference_goes_by_its_number(tmp_path: Path) -> None:
    part = report(tmp_path, "gocardless_transactions_v1", {"resources.reference": ""})
    assert told(part, "order_no") == [("PM1",)]


def test_a_gocardless_event_that_debits_has_its_cause_as_code(tmp_path: Path) -> None:
    failed = {
        "credit_amount": "",
        "debit_amount": "100.00",
        "action": "failed",
        "details.cause": "insufficient_funds",
    }
    quiet = {"credit_amount": "", "action": "confirmed"}
    part = report(tmp_path, "gocardless_events_v1", {}, failed, quiet)
    assert told(part, "kind", "amount_minor", "response_code") == [
        ("debit", 10000, None),
        ("reversal", 10000, "insufficient_funds"),
    ]


def test_a_gocardless_payout_declares_the_day_it_arrives_once_it_is_paid(tmp_path: Path) -> None:
    part = report(tmp_path, "gocardless_payouts_v1", {}, {"status": "pending"})
    assert part.relation == "settlement_totals"
    assert told(part, "settle_date", "net_amount_minor", "fee_amount_minor") == [
        (date(2018, 12, 19), 9760, 240)
    ]


@pytest.mark.parametrize(
    ("kind_told", "more", "told_as"),
    [
        ("PAYMENT", {}, ("debit", 10000, 150, "PAY1", None)),
        (
            "REFUND",
            {"transactionId": "RFD1", "originalTransactionId": "PAY1"},
            ("refund", 10000, -150, "REFUND/RFD1/REQ1", "PAY1"),
        ),
        ("CANCEL", {}, ("reversal", 10000, -150, "CANCEL/PAY1/REQ1", "PAY1")),
        ("REFUND_REVERSAL", {}, ("debit", 10000, 150, "REFUND_REVERSAL/PAY1/REQ1", "PAY1")),
    ],
)
def test_antom_s_transaction_type_tells_what_a_line_is(
    tmp_path: Path, kind_told: str, more: dict[str, str], told_as: tuple[Any, ...]
) -> None:
    part = report(tmp_path, "antom_settlement_items_v1", {"transactionType": kind_told, **more})
    columns = ("kind", "amount_minor", "fee_minor", "channel_ref", "original_ref")
    assert told(part, *columns) == [told_as]
    assert told(part, "happened_at") == [(datetime(2018, 12, 19, 9),)]


def test_an_antom_file_without_its_end_is_cut_short(tmp_path: Path) -> None:
    for rows in ([], [{}]):
        fault = fault_of(tmp_path, ANTOM_NAME, csv(ANTOM, *rows), "antom_settlement_items_v1")
        assert fault.exit_code is ExitCode.TRUNCATED


def test_the_date_of_an_antom_file_begins_its_batch_number() -> None:
    antom = load_formats(None)["antom_settlement_items_v1"]
    assert antom.business_date(ANTOM_NAME) == date(2018, 12, 19)


def test_the_date_of_an_adyen_file_stands_beside_its_batch_number() -> None:
    adyen = load_formats(None)["adyen_settlement_detail_v1"]
    name = "settlement_detail_report_batch_134_2018-12-19.csv"
    assert adyen.business_date(name) == date(2018, 12, 19)
