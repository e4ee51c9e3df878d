-- The imported weights that a training starts from: they stay while a job may still need them.
ALTER TABLE jobs ADD COLUMN weights VARCHAR(255);
CREATE INDEX jobs_by_weights ON jobs (weights, state);
