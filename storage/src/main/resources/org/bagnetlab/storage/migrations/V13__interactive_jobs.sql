-- Jobs that somebody waits for in front of a screen: they have a lane of their own beside the queue.
ALTER TABLE jobs ADD COLUMN IF NOT EXISTS interactive BOOLEAN DEFAULT FALSE NOT NULL;
DROP INDEX IF EXISTS jobs_runnable;
CREATE INDEX jobs_runnable ON jobs (runnable, interactive, priority DESC, position, id);
