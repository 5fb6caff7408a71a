-- Which files and columns there were, as one row of yes and no.
CREATE OR REPLACE TEMP TABLE told AS
SELECT EXISTS (SELECT 1 FROM answer) AS answers, EXISTS (SELECT 1 FROM raw_message) AS messages, EXISTS (SELECT 1 FROM raw_consent) AS consents,
  EXISTS (SELECT 1 FROM message WHERE bounced_at IS NOT NULL) AS bounces, EXISTS (SELECT 1 FROM raw_preference) AS preferences
