-- row: one landed file that the stored run of the day before did not have
-- key: file_id
-- kept: no
with
    landed as (
        select
            file_id,
            member,
            sha256,
        from landing.files
    ),
    stored_inputs as (
        select
            member,
            sha256,
        from reports.stored_inputs
    ),
    final as (
        select landed.file_id
        from landed
        anti join stored_inputs
            on landed.member = stored_inputs.member
            and landed.sha256 = stored_inputs.sha256
    )
select * from final
