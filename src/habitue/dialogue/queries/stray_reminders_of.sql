-- Of these waits of strangers, at which steps each was told of.
SELECT stray_id, step FROM stray_reminder WHERE stray_id IN (?)
