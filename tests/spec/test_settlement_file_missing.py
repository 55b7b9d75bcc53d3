"""settlement_file_missing: no file for a day from the channel's first settle date on."""

from tests.spec.harness import given

RELATION = "breaks.settlement_file_missing"


def test_a_day_between_two_files_is_missing_once_it_is_due() -> None:
    given(
        files="""
            file_date
            D-4
            D-2
        """
    ).shows(
        RELATION,
        """
        channel | settle_date | cause        | true_since
        alipay  | D-3         | file_overdue | D-2
        alipay  | D-1         | file_overdue | D
        """,
    )


def test_the_file_is_due_file_lag_days_after_its_settle_date() -> None:
    given(
        channels="""
            channel   | file_lag_days
            alipay    | 0
            wechatpay | 1
            unionpay  | 2
        """,
        files="""
            channel   | file_date
            alipay    | D-3
            wechatpay | D-3
            unionpay  | D-3
        """,
    ).shows(
        RELATION,
        """
        channel   | settle_date | true_since
        alipay    | D-2         | D-2
        alipay    | D-1         | D-1
        alipay    | D           | D
        wechatpay | D-2         | D-1
        wechatpay | D-1         | D
        unionpay  | D-2         | D
        """,
    )


def test_the_lag_is_that_of_the_settle_date() -> None:
    terms = """
        file_lag_days | valid_from | valid_to
        {before}      | -          | D-1
        {after}       | D-1        | -
    """
    files = """
        file_date
        D-3
    """
    given(channels=terms.format(before="1", after="5"), files=files).shows(
        RELATION,
        """
        settle_date
        D-2
        """,
    )
    given(channels=terms.format(before="5", after="1"), files=files).shows(
        RELATION,
        """
        settle_date
        D-1
        """,
    )


def test_days_off_count_too() -> None:
    given(
        files="""
            file_date
            2026-03-06
        """,
        business_date="2026-03-09",
    ).shows(
        RELATION,
        """
        settle_date
        2026-03-07
        2026-03-08
        """,
    )


def test_days_before_the_first_file_and_channels_never_seen_miss_nothing() -> None:
    given(
        files="""
            file_date
            D
        """
    ).shows_nothing(RELATION)
    given().shows_nothing(RELATION)


def test_a_file_without_rows_is_a_file() -> None:
    given(
        settlement="""
            happened_at
            D-2 10:00:00
        """,
        files="""
            file_date
            D-1
            D
        """,
    ).shows_nothing(RELATION)


def test_a_file_of_another_channel_does_not_stand_in() -> None:
    given(
        files="""
            channel   | file_date
            alipay    | D-2
            wechatpay | D-1
        """
    ).shows(
        RELATION,
        """
        channel | settle_date
        alipay  | D-1
        """,
    )


def test_a_file_of_totals_is_no_settlement_file_and_a_replaced_file_is_none_at_all() -> None:
    given(
        files="""
            file_date | relation          | status
            D-3       | settlement        | read
            D-2       | settlement_totals | read
            D-1       | settlement        | replaced
        """
    ).shows(
        RELATION,
        """
        settle_date
        D-2
        D-1
        """,
    )


def test_a_file_of_a_later_business_date_is_not_there_yet() -> None:
    given(
        channels="""
            file_lag_days
            0
        """,
        files="""
            file_date
            D-1
            D+1
        """,
    ).shows(
        RELATION,
        """
        settle_date
        D
        """,
    )
