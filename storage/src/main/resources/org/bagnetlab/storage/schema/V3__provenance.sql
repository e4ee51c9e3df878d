-- Digest of the code that computed a job; several, joined by commas, if other code resumed it. NULL:
-- unknown.
ALTER TABLE jobs ADD COLUMN IF NOT EXISTS code VARCHAR;
-- The job that this one runs again, to compare their results. NULL: none.
ALTER TABLE jobs ADD COLUMN IF NOT EXISTS reproduces BIGINT;

-- The lab that ran an imported job, and the job's ID there. NULL: it was run here.
ALTER TABLE jobs ADD COLUMN IF NOT EXISTS origin_lab VARCHAR(36);
ALTER TABLE jobs ADD COLUMN IF NOT EXISTS origin_job BIGINT;
CREATE UNIQUE INDEX IF NOT EXISTS jobs_by_origin ON jobs (origin_lab, origin_job);

-- The trainings that another tracking server has, or has refused.
CREATE TABLE IF NOT EXISTS mirrored (
  -- Checksum of the server's address, for the address may be a secret.
  server VARCHAR(64) NOT NULL,
  job    BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  PRIMARY KEY (server, job)
);
