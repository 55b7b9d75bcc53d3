"""The canonical files of a channel: its lines, and in a file of their own its declared totals."""

from aggregators import lines

SETTLEMENT = (
    "channel_ref,order_no,kind,original_ref,amount,fee,happened_at,settle_date,card_no,bank_code,outcome,response_code",
    "H0001,BC20190101961,debit,,1625.00,3.25,2019-01-01 09:00:00,2019-01-01,6222021001123456789,ICBC,succeeded,00",
    'H0002,"BC20190101962, again",debit,,500.00,0.00,2019-01-01 09:05:00,2019-01-01,622700******1234,CCB,failed,51',
    "H0003,BCRF20190101961,refund,H0000,25.00,,2019-01-01 10:00:00,2019-01-01,,,succeeded,",
)
TOTALS = (
    "settle_date,debit_count,debit_amount,refund_count,refund_amount,fee_amount,net_amount",
    "2019-01-01,1,1625.00,1,25.00,3.25,1596.75",
)


def files() -> dict[str, bytes]:
    """Every file by its path below the delivery day."""
    return {
        "hengtong/hengtong.settlement.2019-01-01.csv": lines(*SETTLEMENT, end="\n"),
        "hengtong/hengtong.settlement_totals.2019-01-01.csv": lines(*TOTALS, end="\n"),
    }
