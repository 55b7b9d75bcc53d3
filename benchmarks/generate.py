"""Make a benchmark workspace: N debits over three business dates, about 3 % of them faulty.

Everything follows from the loan's number by arithmetic, so the same N gives the same bytes.
Shares per ten thousand loans, by `fault` = number * 7919 mod 10000:

    0-49      posted one minor unit too much                      amount_differs
    50-99     debited, order failed at the lender, not posted     debit_not_posted
    100-149   posted, but the channel never took the money        posting_without_debit
    150-189   posted without its order_no                         found by loan and amount
    250-279   posted thirty hours after the debit                 posted_late
    280-299   debited twice                                       duplicate_debit
    300-319   refused for lack of funds, rightly charged          no break
    320-329   posted to another loan                              posted_to_wrong_loan

    python benchmarks/generate.py FOLDER [--debits 1000000]
"""

import argparse
import shutil
from datetime import date
from pathlib import Path

import duckdb

FIRST_DAY = date(2018, 12, 17)
DAYS = 3
LENDER = "bench"
CHANNELS = ("unionpay", "alipay")

FACTS = """
create temp table fact as
with numbered as (
    select
        number,
        number * 7919 % 10000 as fault,
        date '{first_day}' + cast(number % {days} as integer) as due_date,
        if(number % 2 = 0, 'unionpay', 'alipay') as channel,
        (number * 37) % 50400 as second_of_day,
        50000 + number * 104729 % 200000 as principal_minor,
        1000 + number * 31 % 9000 as interest_minor
    from range({debits}) as numbers (number)
)
select
    number,
    fault,
    due_date,
    channel,
    principal_minor,
    interest_minor,
    principal_minor + interest_minor as due_minor,
    printf('L%09d', number) as loan_id,
    printf('62270%d%09d%04d', number // 10000 % 10, number * 13, number % 10000) as card_no,
    ['ICBC', 'ABC', 'BOC', 'CCB', 'CMB', 'PSBC'][number % 6 + 1] as bank_code,
    printf('%s%09d', strftime(due_date, '%Y%m%d'), number) as order_no,
    cast(due_date as timestamp) + interval 6 hour
        + to_seconds(second_of_day) as requested_at,
    fault between 300 and 319 as is_refused,
    fault between 280 and 299 as is_taken_twice
from numbered
"""

MONEY = "cast({0} as decimal(18, 0)) * cast(0.01 as decimal(3, 2))"


def money(expression: str) -> str:
    """SQL for major units with two decimals of an expression in minor units."""
    return f"{MONEY.format('(' + expression + ')')} as "


LOANS = f"""
select
    loan_id,
    printf('B%09d', number) as borrower_ref,
    'cash_loan' as product,
    bank_code,
    'debit' as card_type,
    card_no,
    date '2018-06-17' as opened_on,
    {money("principal_minor * 12")} principal,
    12 as term,
    'active' as status
from fact
order by number
"""

INSTALMENTS = f"""
select
    loan_id,
    6 as instalment_no,
    due_date,
    {money("principal_minor")} principal_due,
    {money("interest_minor")} interest_due
from fact
order by number
"""

DEBIT_ORDERS = f"""
with sent as (
    select *, order_no as sent_no, requested_at as sent_at, 'first' as attempt from fact
    union all
    select *, order_no || 'R', requested_at + interval 10 minute, 'second' from fact
    where is_taken_twice
)
select
    sent_no as order_no,
    loan_id,
    6 as instalment_no,
    'instalment' as purpose,
    channel,
    bank_code,
    'debit' as card_type,
    card_no,
    {money("due_minor")} amount,
    sent_at as requested_at,
    if(is_refused or fault between 50 and 99, 'failed', 'succeeded') as status,
    case
        when is_refused then if(channel = 'unionpay', '64', 'ACQ.BUYER_BALANCE_NOT_ENOUGH')
        when fault between 50 and 99 then if(channel = 'unionpay', '01', '40004')
        else if(channel = 'unionpay', '00', '10000')
    end as response_code
from sent
where due_date = date '{{day}}'
order by number, attempt
"""

POSTINGS = f"""
with posted as (
    select
        *,
        requested_at + if(
            fault between 250 and 279, interval 30 hour, interval 20 second
        ) as posted_at
    from fact
    where not is_refused and fault not between 50 and 99
)
select
    printf('P%09d', number) as posting_id,
    if(fault between 320 and 329, printf('L%09d', (number + 6) % {{debits}}), loan_id)
        as loan_id,
    6 as instalment_no,
    if(fault between 150 and 189, null, order_no) as order_no,
    channel,
    {money("due_minor + if(fault < 50, 1, 0)")} amount,
    posted_at,
    cast(requested_at as date) as value_date,
    'repayment' as kind,
    null as reverses
from posted
where cast(posted_at as date) = date '{{day}}'
order by number
"""

SETTLEMENT = f"""
with taken as (
    select *, order_no as taken_no, requested_at as asked_at, 'first' as attempt from fact
    where not is_refused and fault not between 100 and 149
    union all
    select *, order_no || 'R', requested_at + interval 10 minute, 'second' from fact
    where is_taken_twice
)
select
    strftime(asked_at, '%Y%m%d%H%M%S') || printf('%09d', number)
        || if(attempt = 'first', '1', '2') as channel_ref,
    taken_no as order_no,
    'debit' as kind,
    null as original_ref,
    {money("due_minor")} amount,
    {money("(due_minor * 6 + 500) // 1000")} fee,
    asked_at + interval 3 second as happened_at,
    due_date as settle_date,
    left(card_no, 6) || '******' || right(card_no, 4) as card_no,
    bank_code,
    'succeeded' as outcome,
    if(channel = 'unionpay', '00', '10000') as response_code
from taken
where due_date = date '{{day}}' and channel = '{{channel}}'
order by number, attempt
"""

LATE = """
with overdue as (
    select *, unnest(range(1, 3)) as days_past_due from fact
    where fault between 50 and 99 or is_refused
)
select *, due_date + cast(days_past_due as integer) as stamped_on from overdue
where due_date + cast(days_past_due as integer) = date '{day}'
"""

CHARGES = f"""
with late as ({LATE}),
charged as (
    select
        *,
        'late_interest' as kind,
        (due_minor * days_past_due + 500) // 1000
            - (due_minor * (days_past_due - 1) + 500) // 1000 as amount_minor
    from late
    union all
    select *, 'failed_debit_fee', 10000 from late where days_past_due = 1
)
select
    printf('%s-%d-%09d', if(kind = 'late_interest', 'I', 'F'), days_past_due, number)
        as charge_id,
    loan_id,
    6 as instalment_no,
    kind,
    {money("amount_minor")} amount,
    stamped_on as charged_on,
    'charged' as status
from charged
order by number, kind
"""

ACCOUNT_STATUS = f"""
with late as ({LATE})
select
    loan_id,
    stamped_on as as_of,
    days_past_due,
    'overdue' as app_status,
    if(days_past_due = 1, 'reminder', 'phone') as collection_stage,
    null as bureau_status,
    null as bureau_reported_on
from late
union all
select loan_id, due_date, 0, 'due', 'none', null, null from fact
where due_date = date '{{day}}' and fault between 400 and 599
order by loan_id
"""

RECEIPTS = """
select
    printf('R-%s-%s', channel, settle_date) as entry_ref,
    null as account,
    settle_date + 1 as booked_on,
    sum(amount) - sum(fee) as amount,
    channel,
    settle_date,
    null as description
from settled
where settle_date + 1 = date '{day}'
group by all
order by entry_ref
"""

SETTINGS = """time_zone       = "Asia/Shanghai"
currency        = "CNY"
event_days      = 30
late_match_days = 30
max_reject_rate = 0.001
"""

SOURCE = """
[[source]]
files  = "*/{party}.{feed}.*.csv"
format = "{format}"
{owner:<6} = "{party}"
"""

LEDGER_FORMATS = {
    "loans": "ledger_loans_v1",
    "instalments": "ledger_instalments_v1",
    "debit_orders": "ledger_debit_orders_v1",
    "postings": "ledger_postings_v1",
    "charges": "ledger_charges_v1",
    "account_status": "ledger_account_status_v1",
    "bank_receipts": "bank_receipts_v1",
}

CHARGE_RULES = """\
lender,product,late_interest_rate_per_day,failed_debit_fee,grace_days,valid_from,valid_to
bench,,0.001,100.00,0,2018-01-01,
"""


def settings() -> str:
    """The workspace's tieout.toml."""
    parts = [SETTINGS]
    for feed, name in LEDGER_FORMATS.items():
        parts.append(SOURCE.format(party=LENDER, feed=feed, format=name, owner="lender"))
    for channel in CHANNELS:
        parts.append(
            SOURCE.format(
                party=channel, feed="settlement", format="channel_settlement_v1", owner="channel"
            )
        )
    return "".join(parts)


def generate(workspace: Path, debits: int) -> None:
    """Write the workspace, replacing whatever the folder held; `last_day` is written last."""
    if workspace.exists():
        shutil.rmtree(workspace)
    (workspace / "reference").mkdir(parents=True)
    (workspace / "reference" / "charge_rules.csv").write_text(CHARGE_RULES, encoding="utf-8")
    (workspace / "tieout.toml").write_text(settings(), encoding="utf-8")
    days = [date.fromordinal(FIRST_DAY.toordinal() + n) for n in range(DAYS)]
    with duckdb.connect() as connection:
        connection.execute(FACTS.format(first_day=FIRST_DAY, days=DAYS, debits=debits))

        def write(query: str, party: str, feed: str, on: date, **given: object) -> Path:
            folder = workspace / "inbox" / str(date.fromordinal(on.toordinal() + 1))
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{party}.{feed}.{on}.csv"
            filled = query.format(day=on, debits=debits, **given)
            connection.execute(f"copy ({filled}) to '{path}' (format csv, header)")
            return path

        write(LOANS, LENDER, "loans", FIRST_DAY)
        write(INSTALMENTS, LENDER, "instalments", FIRST_DAY)
        settled = []
        for day in days:
            write(DEBIT_ORDERS, LENDER, "debit_orders", day)
            write(POSTINGS, LENDER, "postings", day)
            write(CHARGES, LENDER, "charges", day)
            write(ACCOUNT_STATUS, LENDER, "account_status", day)
            for channel in CHANNELS:
                path = write(SETTLEMENT, channel, "settlement", day, channel=channel)
                settled.append(
                    f"select '{channel}' as channel, settle_date, amount, fee "
                    f"from read_csv('{path}', types = "
                    "{'amount': 'decimal(18, 2)', 'fee': 'decimal(18, 2)'})"
                )
        connection.execute("create temp view settled as " + " union all ".join(settled))
        for day in days:
            write(RECEIPTS, LENDER, "bank_receipts", day)
    (workspace / "last_day").write_text(str(days[-1]), encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--debits", type=int, default=1_000_000)
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.debits)


if __name__ == "__main__":
    main()
