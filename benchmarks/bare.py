"""The floor: one bare DuckDB script that reads every feed once and joins it.

It keeps nothing, checks nothing, explains nothing: typed scans, one join, and the rows that
differ in a Parquet file. What tieout costs above it is the price of knowing why.

    python benchmarks/bare.py WORKSPACE OUTPUT.parquet

Prints the number of rows that differ.
"""

import sys
from pathlib import Path

import duckdb

SCRIPT = """
create view loans as
select loan_id, borrower_ref
from read_csv('{inbox}/*/bench.loans.*.csv', header = true, auto_detect = false, columns = {{
    'loan_id': 'varchar', 'borrower_ref': 'varchar', 'product': 'varchar',
    'bank_code': 'varchar', 'card_type': 'varchar', 'card_no': 'varchar', 'opened_on': 'date',
    'principal': 'decimal(18, 2)', 'term': 'integer', 'status': 'varchar'
}});

create view instalments as
select loan_id, instalment_no, due_date, principal_due + interest_due as due
from read_csv('{inbox}/*/bench.instalments.*.csv', header = true, auto_detect = false,
    columns = {{
        'loan_id': 'varchar', 'instalment_no': 'integer', 'due_date': 'date',
        'principal_due': 'decimal(18, 2)', 'interest_due': 'decimal(18, 2)'
    }});

create view debit_orders as
select order_no, channel, loan_id, instalment_no, amount, requested_at, status
from read_csv('{inbox}/*/bench.debit_orders.*.csv', header = true, auto_detect = false,
    columns = {{
        'order_no': 'varchar', 'loan_id': 'varchar', 'instalment_no': 'integer',
        'purpose': 'varchar', 'channel': 'varchar', 'bank_code': 'varchar',
        'card_type': 'varchar', 'card_no': 'varchar', 'amount': 'decimal(18, 2)',
        'requested_at': 'timestamp', 'status': 'varchar', 'response_code': 'varchar'
    }});

create view postings as
select posting_id, loan_id, instalment_no, order_no, channel, amount, posted_at
from read_csv('{inbox}/*/bench.postings.*.csv', header = true, auto_detect = false,
    columns = {{
        'posting_id': 'varchar', 'loan_id': 'varchar', 'instalment_no': 'integer',
        'order_no': 'varchar', 'channel': 'varchar', 'amount': 'decimal(18, 2)',
        'posted_at': 'timestamp', 'value_date': 'date', 'kind': 'varchar',
        'reverses': 'varchar'
    }});

create view settlement as
select
    case when filename like '%/unionpay.%' then 'unionpay' else 'alipay' end as channel,
    order_no,
    sum(amount) as debited,
    count(*) as debits,
    max(happened_at) as last_debit_at
from read_csv('{inbox}/*/*.settlement.*.csv', header = true, auto_detect = false,
    filename = true, columns = {{
        'channel_ref': 'varchar', 'order_no': 'varchar', 'kind': 'varchar',
        'original_ref': 'varchar', 'amount': 'decimal(18, 2)', 'fee': 'decimal(18, 2)',
        'happened_at': 'timestamp', 'settle_date': 'date', 'card_no': 'varchar',
        'bank_code': 'varchar', 'outcome': 'varchar', 'response_code': 'varchar'
    }})
where kind = 'debit' and outcome = 'succeeded'
group by all;

copy (
    select
        coalesce(debit_orders.order_no, postings.order_no) as order_no,
        coalesce(debit_orders.loan_id, postings.loan_id) as loan_id,
        loans.borrower_ref,
        debit_orders.status,
        debit_orders.amount as ordered,
        settlement.debited,
        postings.posting_id,
        postings.amount as posted,
        postings.posted_at,
        settlement.last_debit_at,
        instalments.due_date,
        instalments.due
    from debit_orders
    full join postings
        on debit_orders.channel = postings.channel
        and debit_orders.order_no = postings.order_no
    left join settlement
        on coalesce(debit_orders.channel, postings.channel) = settlement.channel
        and coalesce(debit_orders.order_no, postings.order_no) = settlement.order_no
    left join instalments
        on coalesce(debit_orders.loan_id, postings.loan_id) = instalments.loan_id
        and coalesce(debit_orders.instalment_no, postings.instalment_no)
            = instalments.instalment_no
    left join loans
        on coalesce(debit_orders.loan_id, postings.loan_id) = loans.loan_id
    where
        settlement.debited is distinct from postings.amount
        or instalments.due is distinct from postings.amount
        or postings.loan_id is distinct from debit_orders.loan_id
        or date_diff('second', settlement.last_debit_at, postings.posted_at) > 86400
) to '{output}' (format parquet)
"""


def main() -> None:
    """Command line."""
    workspace, output = Path(sys.argv[1]), Path(sys.argv[2])
    with duckdb.connect() as connection:
        connection.execute(SCRIPT.format(inbox=workspace / "inbox", output=output))
        rows = connection.sql(f"select count(*) from '{output}'").fetchall()[0][0]
    print(rows)


if __name__ == "__main__":
    main()
