-- Whether a job must have a GPU for itself, because it ran out of its share of one.
ALTER TABLE jobs ADD COLUMN IF NOT EXISTS alone BOOLEAN DEFAULT FALSE NOT NULL;
-- Checksum of the settings that its memory depends on; jobs with the same need about as much. NULL: it
-- has not started since there is this column.
ALTER TABLE jobs ADD COLUMN IF NOT EXISTS memory_hash VARCHAR(64);
CREATE INDEX IF NOT EXISTS jobs_by_memory ON jobs (memory_hash, id);
