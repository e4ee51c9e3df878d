-- An interrupted job is tried again by itself, so many times without progress at most.
ALTER TABLE jobs ADD COLUMN fruitless INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE jobs ADD COLUMN resumes_at TIMESTAMP(9) WITH TIME ZONE;
UPDATE jobs SET resumes_at = ended_at WHERE state = 'INTERRUPTED';

-- The order of the queue: what is more urgent first, then by position, which people may change.
ALTER TABLE jobs ADD COLUMN priority INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE jobs ADD COLUMN position DOUBLE PRECISION DEFAULT 0 NOT NULL;
UPDATE jobs SET position = id;

-- What keeps a queued job from running: another job's result, or its sweep.
ALTER TABLE jobs ADD COLUMN waits_for BIGINT;
ALTER TABLE jobs ADD COLUMN held BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE jobs ADD COLUMN runnable BOOLEAN
  GENERATED ALWAYS AS (state = 'QUEUED' AND NOT held AND waits_for IS NULL);
CREATE INDEX jobs_runnable ON jobs (runnable, priority DESC, position, id);
CREATE INDEX jobs_waiting ON jobs (waits_for, id);

-- A trial of a successive halving pauses after this epoch.
ALTER TABLE jobs ADD COLUMN last_epoch INTEGER;

-- Tells equal configurations.
ALTER TABLE jobs ADD COLUMN spec_hash VARCHAR(64)
  GENERATED ALWAYS AS (LOWER(RAWTOHEX(HASH('SHA-256', spec))));
CREATE INDEX jobs_by_spec ON jobs (spec_hash, id);

-- Processes that the server started, so that the next one finds those that outlived it.
CREATE TABLE worker_processes (
  job     BIGINT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
  pid     BIGINT NOT NULL,
  started VARCHAR(100) NOT NULL,
  boot    VARCHAR(100) NOT NULL
);
