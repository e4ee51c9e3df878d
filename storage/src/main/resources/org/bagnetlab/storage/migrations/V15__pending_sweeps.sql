-- What is being done to a sweep in more than one transaction: none of its jobs starts meanwhile, and
-- a server that finds it at its start ends it.
ALTER TABLE sweeps ADD COLUMN IF NOT EXISTS pending VARCHAR(16);
