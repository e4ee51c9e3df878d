CREATE TABLE sweeps (
  name           VARCHAR(64) PRIMARY KEY,
  -- As it was asked for; empty: jobs were given its name one by one.
  definition     VARCHAR NOT NULL,
  created_at     TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  held           BOOLEAN NOT NULL,
  hold_reason    VARCHAR(4000),
  -- Failures in a row that stop it, 0: none do; and how many there are now.
  stop_after     INTEGER NOT NULL,
  failures       INTEGER NOT NULL,
  halving_factor INTEGER,
  halving_first  INTEGER,
  ended_at       TIMESTAMP(9) WITH TIME ZONE
);

-- A job may be of several sweeps: a configuration that was run for one serves the others, too.
CREATE TABLE sweep_jobs (
  sweep VARCHAR(64) NOT NULL REFERENCES sweeps (name) ON DELETE CASCADE,
  job   BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  PRIMARY KEY (sweep, job)
);
CREATE INDEX sweeps_of_job ON sweep_jobs (job, sweep);

-- Where a trial of a successive halving waited to be compared.
CREATE TABLE rungs (
  job      BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  epoch    INTEGER NOT NULL,
  accuracy DOUBLE PRECISION NOT NULL,
  promoted BOOLEAN NOT NULL,
  PRIMARY KEY (job, epoch)
);

INSERT INTO sweeps (name, definition, created_at, held, stop_after, failures)
  SELECT sweep, '', MIN(created_at), FALSE, 0, 0 FROM jobs WHERE sweep IS NOT NULL GROUP BY sweep;
INSERT INTO sweep_jobs (sweep, job) SELECT sweep, id FROM jobs WHERE sweep IS NOT NULL;

DROP INDEX jobs_by_sweep;
CREATE INDEX jobs_by_sweep ON jobs (sweep, state, id);
