-- Digest of the code that computed a job; several, joined by commas, if other code resumed it. NULL:
-- unknown.
ALTER TABLE jobs ADD COLUMN IF NOT EXISTS code VARCHAR;
