-- Which files an earlier run has imported to the end, by kind and name.
select kind, file from import_run where is_done = 1
