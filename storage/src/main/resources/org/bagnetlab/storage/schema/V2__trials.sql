-- Which trial of its sweep's search a job is, and the values that it tries.
CREATE TABLE IF NOT EXISTS trials (
  sweep  VARCHAR(64) NOT NULL,
  job    BIGINT NOT NULL,
  -- In the order of the draws.
  number INTEGER NOT NULL,
  -- Trials of the same combination of the grid and the cases are compared with each other.
  point  INTEGER NOT NULL,
  -- As JSON, from the name of a setting to its value.
  tried  VARCHAR NOT NULL,
  PRIMARY KEY (sweep, job),
  FOREIGN KEY (sweep, job) REFERENCES sweep_jobs (sweep, job) ON DELETE CASCADE
);
CREATE INDEX IF NOT EXISTS trials_of_job ON trials (job, sweep);
CREATE INDEX IF NOT EXISTS trials_of_point ON trials (sweep, point, number);
