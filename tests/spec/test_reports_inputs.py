"""reports.inputs and reports.rejects: what was delivered, and the lines nobody could read."""

from tests.spec.harness import given


def test_every_member_of_every_delivery_up_to_the_day_is_listed_once_by_path() -> None:
    given(
        files="""
            relation   | channel | file_date | path    | member    | status
            settlement | alipay  | D         | b.zip   | b.txt     | read
            settlement | alipay  | D         | b.zip   | a.txt     | read
            settlement | alipay  | D-1       | a.zip   | c.txt     | replaced
            settlement | alipay  | D+1       | 0.csv   | -         | read
        """,
        rejects="""
            path  | member
            b.zip | b.txt
            b.zip | b.txt
            a.zip | c.txt
            a.zip | c.txt
        """,
    ).shows(
        "reports.inputs",
        """
        path  | member | business_date | status   | lines | rejected
        a.zip | c.txt  | D-1           | replaced | 2     | 2
        b.zip | a.txt  | D             | read     | 0     | 0
        b.zip | b.txt  | D             | read     | 2     | 2
        """,
        ordered=True,
    )


def test_a_line_that_could_not_be_read_is_told_with_its_file_and_why() -> None:
    given(
        settlement="channel_ref | path\nD1 | b.csv",
        files="""
            relation   | channel | path  | member | status
            settlement | alipay  | a.zip | x.txt  | read
            settlement | alipay  | c.csv | -      | replaced
        """,
        rejects="""
            path  | member | line | raw       | reason
            b.csv | -      | 9    | D9,1000.x | not_an_amount
            b.csv | -      | 3    | D2,,,     | too_few_columns
            a.zip | x.txt  | 7    | ?         | not_a_date
            c.csv | -      | 2    | ?         | not_a_date
        """,
    ).shows(
        "reports.rejects",
        """
        file        | line | raw       | reason
        a.zip!x.txt | 7    | ?         | not_a_date
        b.csv       | 3    | D2,,,     | too_few_columns
        b.csv       | 9    | D9,1000.x | not_an_amount
        """,
        ordered=True,
    )
