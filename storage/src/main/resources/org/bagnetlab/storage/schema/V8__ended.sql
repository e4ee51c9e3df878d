-- Ended jobs are listed by their end. A paused or interrupted job has stopped, and has not ended.
ALTER TABLE jobs ADD COLUMN IF NOT EXISTS ended BOOLEAN
  GENERATED ALWAYS AS (state IN ('SUCCEEDED', 'FAILED', 'CANCELLED'));
CREATE INDEX IF NOT EXISTS jobs_by_end ON jobs (ended, ended_at DESC, id DESC);
