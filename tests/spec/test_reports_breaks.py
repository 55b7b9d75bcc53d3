"""reports.breaks: what is listed, under which name, and with which facts."""

from tests.spec.harness import Given, given, models
from tieout.warehouse.catalogue import catalogue

RELATION = "reports.breaks"


def late_on(at: str, event_days: int) -> Given:
    """An instalment whose first order came late, and was still refused."""
    return given(
        event_days=event_days,
        instalments="""
            instalment_no | due_date
            1             | D-60
        """,
        debit_orders=f"""
            order_no | status | requested_at
            O1       | failed | {at}
        """,
    )


def test_an_event_is_listed_while_it_is_not_older_than_event_days() -> None:
    listed = """
        category
        debit_attempted_late
    """
    late_on("D-30 00:00:00", 30).shows(RELATION, listed)
    late_on("D-31 23:59:59", 30).shows_nothing(RELATION)
    late_on("D-7 09:00:00", 7).shows(RELATION, listed)
    late_on("D-8 09:00:00", 7).shows_nothing(RELATION)
    late_on("D 09:00:00", 0).shows(RELATION, listed)


def test_an_over_limit_order_and_a_late_posting_are_events_of_their_own_date() -> None:
    given(
        event_days=5,
        bank_limits="""
            per_debit
            999.99
        """,
        debit_orders="""
            order_no | loan_id | requested_at | amount  | status
            O1       | L1      | D-5 09:00:00 | 1000.00 | failed
            O2       | L1      | D-6 09:00:00 | 1000.00 | failed
            O3       | L3      | D-8 09:00:00 | 900.00  | succeeded
            O4       | L4      | D-9 09:00:00 | 900.00  | succeeded
        """,
        settlement="""
            channel_ref | order_no | happened_at  | amount
            D3          | O3       | D-8 10:00:00 | 900.00
            D4          | O4       | D-9 10:00:00 | 900.00
        """,
        postings="""
            posting_id | order_no | loan_id | posted_at    | value_date | amount
            P3         | O3       | L3      | D-5 10:00:00 | D-8        | 900.00
            P4         | O4       | L4      | D-6 10:00:00 | D-9        | 900.00
        """,
        files="""
            file_date
            D-7
            D-6
            D-5
            D-4
            D-3
            D-2
            D-1
        """,
        bank_receipts="""
            settle_date | booked_on | amount
            D-9         | D-6       | 900.00
            D-8         | D-6       | 900.00
        """,
    ).shows(
        RELATION,
        """
        category        | subject
        over_bank_limit | order:kakadai:O1
        posted_late     | posting:kakadai:P3
        """,
    )


def test_available_funds_are_an_event_of_the_later_of_order_and_statement_file() -> None:
    for ordered, handed_in, is_listed in (
        ("D-5 09:00:00", "D-9", True),
        ("D-9 09:00:00", "D-5", True),
        ("D-6 09:00:00", "D-6", False),
    ):
        drawn = given(
            event_days=5,
            loans="""
                loan_id | borrower_ref | card_no
                L1      | B1           | 622700******1234
            """,
            debit_orders=f"""
                order_no | status | response_code | requested_at
                O1       | failed | FUNDS         | {ordered}
            """,
            borrower_statements=f"""
                happened_at   | balance | file_date
                D-10 08:00:00 | 9999.00 | {handed_in}
            """,
        )
        if is_listed:
            drawn.shows(
                RELATION,
                """
                category
                funds_were_available
                """,
            )
        else:
            drawn.shows_nothing(RELATION)


def test_what_is_no_event_is_listed_as_long_as_it_is_true() -> None:
    given(
        event_days=0,
        instalments="""
            instalment_no | due_date
            1             | D-60
        """,
    ).shows(
        RELATION,
        """
        category            | open_since | age_days
        debit_not_attempted | D-60       | 60
        """,
    )


def test_a_break_keeps_its_id_from_day_to_day() -> None:
    due = """
        loan_id | instalment_no | due_date
        L1      | 1             | 2026-03-02
        L2      | 1             | 2026-03-02
    """
    orders = """
        loan_id | requested_at        | status | amount
        L2      | 2026-03-03 09:00:00 | failed | 400.00
        L2      | 2026-03-03 09:00:01 | failed | 500.00
    """
    today, tomorrow = (
        {
            (row["category"], row["subject"]): row["break_id"]
            for row in given(business_date=day, instalments=due, debit_orders=orders).rows(RELATION)
        }
        for day in ("2026-03-09", "2026-03-10")
    )
    assert today == tomorrow
    assert len(set(today.values())) == len(today) == 3


def test_breaks_are_sorted_by_category_as_in_the_contract_then_by_subject() -> None:
    given(
        bank_limits="""
            per_debit
            400.00
        """,
        instalments="""
            loan_id | instalment_no | due_date
            L2      | 1             | D-3
            L1      | 1             | D-3
        """,
        debit_orders="""
            order_no | loan_id | requested_at | amount | status
            O2       | L3      | D-3 09:00:00 | 401.00 | failed
            O1       | L3      | D-3 09:00:00 | 401.00 | failed
        """,
        files="""
            file_date
            D-2
            D
        """,
        charges="""
            loan_id
            L1
        """,
        settlement="""
            channel_ref | happened_at
            D1          | D-3 00:00:00
        """,
    ).shows(
        RELATION,
        """
        category                | subject
        debit_not_posted        | debit:alipay:D1
        debit_not_attempted     | instalment:kakadai:L1:1
        debit_not_attempted     | instalment:kakadai:L2:1
        over_bank_limit         | order:kakadai:O1
        over_bank_limit         | order:kakadai:O2
        settlement_file_missing | settlement:alipay:2026-03-08
        settlement_not_received | settlement:alipay:2026-03-06
        wrongly_overdue         | instalment:kakadai:L1:1
        """,
        ordered=True,
    )


def test_an_open_entry_lacks_its_other_side_whole() -> None:
    given(
        debit_orders="""
            order_no | requested_at
            O1       | D-3 09:00:00
        """,
        settlement="""
            channel_ref | order_no | happened_at  | amount
            D1          | O1       | D-3 10:00:00 | 1000.00
        """,
        postings="""
            posting_id | order_no | loan_id | posted_at    | amount
            P1         | X1       | L2      | D-3 11:00:00 | 30.00
        """,
        files="""
            file_date
            D-4
            D-2
            D-1
        """,
        bank_receipts="""
            settle_date | booked_on
            D-3         | D-2
        """,
    ).shows(
        RELATION,
        """
        category              | ledger_amount | channel_amount | difference | open_since
        debit_not_posted      | -             | 1000.00        | -1000.00   | D-2
        posting_without_debit | 30.00         | -              | 30.00      | D-3
        """,
    )


def test_a_difference_is_what_the_ledger_has_less_what_the_channel_has() -> None:
    given(
        debit_orders="""
            order_no | requested_at
            O1       | D-3 09:00:00
        """,
        settlement="""
            channel_ref | order_no | happened_at  | amount
            D1          | O1       | D-3 10:00:00 | 1000.00
        """,
        postings="""
            posting_id | order_no | posted_at    | amount
            P1         | O1       | D-3 11:00:00 | 990.00
        """,
        files="""
            file_date
            D-2
            D-1
        """,
        bank_receipts="""
            settle_date | booked_on | amount
            D-3         | D-2       | 900.00
        """,
    ).shows(
        RELATION,
        """
        category           | ledger_amount | channel_amount | difference
        amount_differs     | 990.00        | 1000.00        | -10.00
        settlement_differs | 900.00        | 1000.00        | -100.00
        """,
    )


def test_a_break_names_all_that_it_concerns_and_the_lines_that_show_it() -> None:
    given(
        business_date="2026-03-09",
        loans="""
            loan_id | borrower_ref | bank_code
            L1      | B1           | CMB
        """,
        instalments="""
            instalment_no | due_date
            1             | 2026-03-06
        """,
        debit_orders="""
            order_no | requested_at        | bank_code
            O1       | 2026-03-06 09:00:00 | ICBC
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | 2026-03-06 10:00:00
        """,
        files="""
            file_date
            2026-03-07
            2026-03-08
        """,
        bank_receipts="""
            settle_date | booked_on
            2026-03-06  | 2026-03-09
        """,
    ).shows(
        RELATION,
        """
        subject         | lender  | channel | bank_code | borrower_ref | loan_id | instalment_no
        debit:alipay:D1 | kakadai | alipay  | ICBC      | B1           | L1      | 1
        """,
    ).shows(
        RELATION,
        """
        order_no | channel_ref | posting_id | currency | happened_at         | due_date
        O1       | D1          | -          | CNY      | 2026-03-06 10:00:00 | 2026-03-06
        """,
    ).shows(
        RELATION,
        """
        open_since | age_days | sources
        2026-03-07 | 2        | 2026-03-06/alipay.settlement.2026-03-06.csv:2;\
2026-03-09/kakadai.debit_orders.2026-03-09.csv:2
        """,
    )


def test_a_settlement_break_names_its_channel_and_the_file_of_its_day() -> None:
    given(
        settlement="""
            happened_at         | amount
            2026-03-09 10:00:00 | 100.00
        """,
        settlement_totals="""
            settle_date | debit_amount
            2026-03-09  | 90.00
        """,
    ).shows(
        RELATION,
        """
        subject                      | channel | lender | sources
        settlement:alipay:2026-03-09 | alipay  | -      | \
2026-03-09/alipay.settlement.2026-03-09.csv:1;2026-03-09/alipay.settlement_totals.2026-03-09.csv:2
        """,
    )


def test_the_sources_of_an_instalment_are_its_orders_debits_charges_and_status() -> None:
    rows = given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        debit_orders="""
            order_no | requested_at
            O1       | D-3 09:00:00
        """,
        settlement="""
            order_no | happened_at  | path
            O1       | D-3 10:00:00 | channel.csv
        """,
        postings="""
            order_no | posted_at
            O1       | D-3 11:00:00
        """,
        charges="""
            amount
            5.00
        """,
        account_status="""
            days_past_due
            3
        """,
        files="""
            file_date
            D-2
            D-1
        """,
        bank_receipts="""
            settle_date | booked_on
            D-3         | D-1
        """,
    ).rows(RELATION)
    assert [row["category"] for row in rows] == ["wrongly_overdue"]
    day = "2026-03-09"
    assert rows[0]["sources"].split(";") == [
        f"{day}/kakadai.account_status.{day}.csv:2",
        f"{day}/kakadai.charges.{day}.csv:2",
        f"{day}/kakadai.debit_orders.{day}.csv:2",
        f"{day}/kakadai.instalments.{day}.csv:2",
        "channel.csv:2",
    ]


def test_the_catalogue_holds_the_contracts_categories_in_its_order() -> None:
    held = catalogue(models).select(["category", "category_zh", "family"]).to_pylist()
    assert [tuple(row.values()) for row in held] == [
        ("in_transit", "在途", "open_entries"),
        ("ambiguous", "无法唯一匹配", "open_entries"),
        ("duplicate_debit", "重复扣款", "open_entries"),
        ("reversal_not_posted", "冲正未回退", "open_entries"),
        ("debit_not_posted", "掉单", "open_entries"),
        ("posting_without_debit", "虚增入账", "open_entries"),
        ("amount_differs", "金额不符", "matched_but_wrong"),
        ("duplicate_posting", "重复入账", "matched_but_wrong"),
        ("posted_to_wrong_loan", "串户", "matched_but_wrong"),
        ("posted_to_wrong_instalment", "串期", "matched_but_wrong"),
        ("posted_late", "入账延迟", "matched_but_wrong"),
        ("value_date_late", "起息日晚于扣款日", "matched_but_wrong"),
        ("debit_not_attempted", "未发起扣款", "collection"),
        ("debit_attempted_late", "扣款发起过晚", "collection"),
        ("debit_outcome_unknown", "状态不明", "collection"),
        ("debit_status_conflict", "状态矛盾", "collection"),
        ("over_bank_limit", "超银行限额", "collection"),
        ("split_incomplete", "拆单不全", "collection"),
        ("funds_were_available", "余额充足仍扣款失败", "collection"),
        ("settlement_file_missing", "对账文件缺失", "settlement"),
        ("control_total_differs", "汇总不符", "settlement"),
        ("channel_fee_differs", "手续费不符", "settlement"),
        ("settlement_not_received", "结算款未到账", "settlement"),
        ("settlement_differs", "结算款不符", "settlement"),
        ("wrongly_overdue", "误判逾期", "consequence"),
        ("charge_differs", "罚费不符", "consequence"),
    ]


def test_the_catalogue_is_published_in_that_order() -> None:
    told = given().rows("reports.catalogue")
    in_order = catalogue(models).column("category").to_pylist()
    assert [row["category"] for row in told] == in_order


def test_a_settlement_break_names_the_file_of_its_own_channel_and_day() -> None:
    given(
        settlement="""
            channel  | fee  | path
            alipay   | 1.00 | a.csv
            unionpay | 1.00 | u.csv
        """,
    ).shows(
        "breaks.break_rows",
        """
        subject                        | sources
        settlement:alipay:2026-03-09   | a.csv:1
        settlement:unionpay:2026-03-09 | u.csv:1
        """,
    )


def test_a_settlement_break_is_about_no_entry() -> None:
    given(files="file_date\nD-3").shows("breaks.findings", "entry_id\n0\n0").shows_nothing(
        "breaks.subject_entries"
    )


def test_orders_of_one_number_on_several_channels_are_told_apart_as_they_were_requested() -> None:
    given(
        bank_limits="channel | per_debit\nalipay | 999.99\nunionpay | 999.99\nwechatpay | 999.99",
        debit_orders="""
            lender   | order_no | channel   | loan_id | status | requested_at
            kakadai  | O1       | wechatpay | L1      | failed | D 10:00:00
            kakadai  | O1       | alipay    | L1      | failed | D 11:00:00
            kakadai  | O1       | unionpay  | L1      | failed | D 11:00:00
            kakadai  | O2       | unionpay  | L1      | failed | D 12:00:00
            mangodai | O3       | unionpay  | L1      | failed | D 09:00:00
            kakadai  | O3       | alipay    | L1      | failed | D 12:00:00
        """,
    ).shows(
        RELATION,
        """
        category        | subject             | channel
        over_bank_limit | order:kakadai:O1    | wechatpay
        over_bank_limit | order:kakadai:O1#2  | alipay
        over_bank_limit | order:kakadai:O1#3  | unionpay
        over_bank_limit | order:kakadai:O2    | unionpay
        over_bank_limit | order:mangodai:O3   | unionpay
        over_bank_limit | order:kakadai:O3    | alipay
        """,
    )


def test_an_order_keeps_its_name_when_nothing_is_wrong_with_the_one_requested_before_it() -> None:
    for puts_away in (True, False):
        given(
            puts_away=puts_away,
            loans="loan_id\nL1",
            instalments="instalment_no\n1",
            bank_limits="channel | per_debit\nunionpay | 999.99",
            debit_orders="""
                order_no | channel  | instalment_no | status    | requested_at
                O1       | alipay   | 1             | succeeded | D 09:00:00
                O1       | unionpay | -             | failed    | D 12:00:00
            """,
            settlement="channel | order_no | happened_at\nalipay | O1 | D 10:00:00",
            postings="channel | order_no | posted_at\nalipay | O1 | D 11:00:00",
        ).shows(RELATION, "subject | channel\norder:kakadai:O1#2 | unionpay")
