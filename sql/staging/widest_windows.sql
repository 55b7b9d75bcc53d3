-- row: one lender, and the widest posting window of the channels it knows
-- key: lender
-- kept: no
-- The window of a channel repayment whose channel cannot be known.
with
    final as (
        select
            lender_channels.lender,
            max(terms.posting_window) as posting_window,
        from staging.lender_channels as lender_channels
        inner join reference.channel_terms as terms
            on lender_channels.channel = terms.channel
        group by lender_channels.lender
    )
select * from final
