-- Where a link leads.
SELECT target FROM link_target WHERE link = ?
