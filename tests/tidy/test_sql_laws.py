"""The laws of sql/, kept by every file, each shown to catch an offender."""

from pathlib import Path

import pytest

from tests.tidy import sql_laws
from tests.tidy.sql_laws import LAWS

SQL = Path(__file__).parents[2] / "sql"
MODELS = {
    f"{file.parent.name}.{file.stem}": file.read_text(encoding="utf-8")
    for file in sorted(SQL.glob("*/*.sql"))
}

GOOD = """\
-- row: one debit that was drawn
-- key: channel, channel_ref
with
    lines as (
        select
            channel,
            channel_ref,
            amount_minor,
        from staging.settlement_lines
    ),
    drawn as (
        select *
        from lines
        where amount_minor > 0
    ),
    final as (
        select
            drawn.channel,
            -- Why, in Chinese too: a debit's 扣款
            drawn.channel_ref || '#2' as channel_ref,
        from drawn
        inner join lines on drawn.channel is not distinct from lines.channel
    )
select * from final
"""

PLANTED = [
    ("lines_are_narrow_and_files_short", "amount_minor > 0", "amount_minor > 0 " + "or true " * 10),
    ("lines_are_narrow_and_files_short", "            amount_minor,\n", "            a,\n" * 150),
    ("indented_by_fours_without_tabs", "        where", "      where"),
    ("indented_by_fours_without_tabs", "        where", "\t\twhere"),
    ("indented_by_fours_without_tabs", "from lines\n", "from lines \n"),
    ("lower_case", "select *\n", "SELECT *\n"),
    ("lower_case", "from lines", "from Lines"),
    ("commas_end_lines", "channel,\n            channel_ref", "channel\n            , channel_ref"),
    ("the_header_states_what_may_be_relied_on", "-- key: channel, channel_ref\n", ""),
    ("the_header_states_what_may_be_relied_on", "-- row: one debit that was drawn\n", ""),
    ("the_header_states_what_may_be_relied_on", "-- key", "-- zh: 掉单\n-- key"),
    ("one_plain_select", "with\n", "create table drawn as with\n"),
    ("one_plain_select", "select * from final\n", "select * from final;\ndrop table drawn\n"),
    ("no_template_and_no_parameter", "from lines", "from {{ lines }}"),
    ("no_template_and_no_parameter", "> 0", "> $least"),
    ("no_template_and_no_parameter", "> 0", "> ?"),
    ("ends_in_a_bare_select_from_final", "select * from final\n", "select channel from final\n"),
    ("ends_in_a_bare_select_from_final", "select * from final\n", "select * from drawn\n"),
    ("no_star_out_of_a_model", "amount_minor,\n        from", "*\n        from"),
    (
        "no_star_out_of_a_model",
        "select *\n        from lines",
        "select *\n        from staging.debits",
    ),
    (
        "no_column_is_fetched_in_vain",
        "    drawn as (\n",
        "    days as (\n        select\n            day,\n        from reference.days\n    ),\n"
        "    drawn as (\n",
    ),
    ("no_distinct_to_hide_a_doubt", "select *\n", "select distinct *\n"),
    ("no_distinct_to_hide_a_doubt", "select *\n", "select distinct on (channel) *\n"),
    ("no_ordinals", "where amount_minor > 0", "group by channel, 2"),
    ("no_ordinals", "where amount_minor > 0", "order by 1"),
    ("no_ordinals", "where amount_minor > 0", "group by all"),
    (
        "no_report_is_ordered_by_an_entrys_number",
        "where amount_minor > 0",
        "order by channel desc, lines.entry_id",
    ),
    ("no_clock_and_no_chance", "> 0", "> 0 and day < now()"),
    ("no_clock_and_no_chance", "> 0", "> 0 and day < current_date"),
    ("no_clock_and_no_chance", "> 0", "> random()"),
    ("no_float", "amount_minor > 0", "avg(amount_minor) > 0"),
    ("no_float", "amount_minor > 0", "cast(amount_minor as double) > 0"),
    ("reads_leftward_only", "staging.settlement_lines", "breaks.open_findings"),
    ("reads_leftward_only", "staging.settlement_lines", "elsewhere.lines"),
    ("joins_say_what_they_are", "inner join", "join"),
    ("joins_say_what_they_are", "> 0", "not in (select amount_minor from lines)"),
    (
        "no_inner_join_asks_what_was_crossed_before_a_left_join",
        "from drawn\n        inner join lines on drawn.channel",
        "from drawn\n        cross join days\n"
        "        left join lines as others on drawn.channel = others.channel\n"
        "        inner join lines on days.channel",
    ),
    ("what_is_unnested_was_put_aside", "select *\n", "select unnest([1, 2]) as day\n"),
]


def offences(law, text):
    name = "breaks.drawn" if "zh:" in text else "matching.drawn"
    return law(name, text)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_every_model_keeps_the_law(law):
    found = {name: law(name, text) for name, text in MODELS.items()}
    assert {name: these for name, these in found.items() if these} == {}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_law_lets_a_good_model_through(law):
    assert offences(law, GOOD) == []


@pytest.mark.parametrize(("law", "good", "bad"), PLANTED)
def test_the_law_catches_an_offender(law, good, bad):
    assert good in GOOD
    assert offences(getattr(sql_laws, law), GOOD.replace(good, bad))


def test_no_law_is_without_an_offender():
    assert {law.__name__ for law in LAWS} == {law for law, _, _ in PLANTED}
