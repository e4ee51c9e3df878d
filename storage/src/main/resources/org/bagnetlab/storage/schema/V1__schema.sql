-- H2 commits each of these by itself: a server that dies in between begins again with the first.

-- NO CACHE: a killed server would otherwise skip 32 numbers.
CREATE TABLE IF NOT EXISTS jobs (
  id               BIGINT GENERATED ALWAYS AS IDENTITY (NO CACHE) PRIMARY KEY,
  kind             VARCHAR(32) NOT NULL,
  title            VARCHAR(1000) NOT NULL,
  spec             VARCHAR NOT NULL,
  -- Equal for equal configurations.
  spec_hash        VARCHAR(64)
    GENERATED ALWAYS AS (LOWER(RAWTOHEX(HASH('SHA-256', spec)))),
  sweep            VARCHAR(64),
  -- The columns of the specification that queries need.
  dataset          VARCHAR(255),
  subject          BIGINT,
  -- The imported weights that a training starts from: they stay while a job may still need them.
  weights          VARCHAR(255),
  state            VARCHAR(16) NOT NULL,
  created_at       TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  queued_at        TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  started_at       TIMESTAMP(9) WITH TIME ZONE,
  ended_at         TIMESTAMP(9) WITH TIME ZONE,
  -- Why it is in its state, as a code with arguments. A failed job has an error instead.
  cause_code       VARCHAR(64),
  cause_arguments  VARCHAR,
  error_message    VARCHAR(4000),
  error_family     VARCHAR(32),
  error_code       VARCHAR(100),
  error_field      VARCHAR(100),
  cancel_requested BOOLEAN NOT NULL,
  checkpoint       BOOLEAN NOT NULL,
  worker           VARCHAR,
  -- An interrupted job is retried automatically, so many times without progress at most.
  fruitless        INTEGER DEFAULT 0 NOT NULL,
  resumes_at       TIMESTAMP(9) WITH TIME ZONE,
  -- The order of the queue: higher priorities first, then by position, which users may change.
  priority         INTEGER DEFAULT 0 NOT NULL,
  position         DOUBLE PRECISION DEFAULT 0 NOT NULL,
  -- What keeps a queued job from running: another job's result, or its sweep.
  waits_for        BIGINT,
  held             BOOLEAN DEFAULT FALSE NOT NULL,
  runnable         BOOLEAN
    GENERATED ALWAYS AS (state = 'QUEUED' AND NOT held AND waits_for IS NULL),
  -- A trial of a successive halving pauses after this epoch.
  last_epoch       INTEGER,
  -- A user waits for it: it runs in a lane of its own, parallel to the queue.
  interactive      BOOLEAN DEFAULT FALSE NOT NULL
);
CREATE INDEX IF NOT EXISTS jobs_by_state ON jobs (state, queued_at, id);
CREATE INDEX IF NOT EXISTS jobs_by_kind ON jobs (kind, state, dataset);
CREATE INDEX IF NOT EXISTS jobs_by_sweep ON jobs (sweep, state, id);
CREATE INDEX IF NOT EXISTS jobs_by_subject ON jobs (subject, state);
CREATE INDEX IF NOT EXISTS jobs_by_weights ON jobs (weights, state);
CREATE INDEX IF NOT EXISTS jobs_by_spec ON jobs (spec_hash, id);
CREATE INDEX IF NOT EXISTS jobs_runnable ON jobs (runnable, interactive, priority DESC, position, id);
CREATE INDEX IF NOT EXISTS jobs_waiting ON jobs (waits_for, id);
-- What waits is listed in the order of the queue, whether it may run yet or not.
CREATE INDEX IF NOT EXISTS jobs_queued ON jobs (state, priority DESC, position, id);

CREATE TABLE IF NOT EXISTS transitions (
  id              BIGINT GENERATED ALWAYS AS IDENTITY (NO CACHE) PRIMARY KEY,
  job             BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  at              TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  from_state      VARCHAR(16),
  to_state        VARCHAR(16) NOT NULL,
  cause_code      VARCHAR(64) NOT NULL,
  cause_arguments VARCHAR NOT NULL
);
CREATE INDEX IF NOT EXISTS transitions_by_job ON transitions (job, id);

-- Processes that the server started, so that the next one finds those that outlived it.
CREATE TABLE IF NOT EXISTS worker_processes (
  job     BIGINT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
  pid     BIGINT NOT NULL,
  started VARCHAR(100) NOT NULL,
  boot    VARCHAR(100) NOT NULL
);

CREATE TABLE IF NOT EXISTS epochs (
  job                 BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  epoch               INTEGER NOT NULL,
  learning_rate       DOUBLE PRECISION NOT NULL,
  train_loss          DOUBLE PRECISION NOT NULL,
  train_accuracy      DOUBLE PRECISION NOT NULL,
  validation_loss     DOUBLE PRECISION NOT NULL,
  validation_accuracy DOUBLE PRECISION NOT NULL,
  best                BOOLEAN NOT NULL,
  seconds             DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (job, epoch)
);

-- Every number that an experiment found, in tidy form. The experiment is the job's kind. Positions on
-- axes are a JSON object with its names in order, so that equal positions are equal texts.
CREATE TABLE IF NOT EXISTS results (
  job      BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  output   VARCHAR(64) NOT NULL,
  metric   VARCHAR(64) NOT NULL,
  set_name VARCHAR(32) NOT NULL,
  axes     VARCHAR(1000) NOT NULL,
  number   DOUBLE PRECISION NOT NULL,
  images   INTEGER,
  PRIMARY KEY (job, metric, set_name, output, axes)
);

CREATE TABLE IF NOT EXISTS artifacts (
  id          BIGINT GENERATED ALWAYS AS IDENTITY (NO CACHE) PRIMARY KEY,
  job         BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  kind        VARCHAR(32) NOT NULL,
  name        VARCHAR(255) NOT NULL,
  -- Below the artifact directory; differs from the name where a name was given anew.
  file        VARCHAR(600) NOT NULL UNIQUE,
  media_type  VARCHAR(100) NOT NULL,
  sha256      CHAR(64) NOT NULL,
  size        BIGINT NOT NULL,
  facts       VARCHAR NOT NULL,
  created_at  TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  -- What tables need of a run's split, close together: in the table it lies between the facts of
  -- pictures, and reading all splits there reads all of them.
  split_facts VARCHAR GENERATED ALWAYS AS (CASE WHEN kind = 'split' THEN facts END),
  -- Which output of its experiment the file is part of.
  output      VARCHAR(64),
  UNIQUE (job, name)
);
CREATE INDEX IF NOT EXISTS artifacts_by_job ON artifacts (job, kind, id);
CREATE INDEX IF NOT EXISTS artifacts_splits ON artifacts (kind, job, split_facts);

-- Files that retention took from jobs that stay, so that a missing file is explained.
CREATE TABLE IF NOT EXISTS removals (
  id   BIGINT GENERATED ALWAYS AS IDENTITY (NO CACHE) PRIMARY KEY,
  job  BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  kind VARCHAR(32) NOT NULL,
  name VARCHAR(255) NOT NULL,
  size BIGINT NOT NULL,
  at   TIMESTAMP(9) WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS removals_by_job ON removals (job, kind, id);

-- Files and directories whose rows are gone and that are still to be deleted: below the data
-- directory. A server that dies in between leaves to the next one what it wanted to delete; files
-- that are neither here nor in artifacts are unknown, and kept.
CREATE TABLE IF NOT EXISTS deletions (
  path VARCHAR(1000) PRIMARY KEY
);

-- Tags, sorted and separated by blanks, and a note of a user.
CREATE TABLE IF NOT EXISTS annotations (
  job  BIGINT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
  tags VARCHAR(1000) NOT NULL,
  note VARCHAR(2000) NOT NULL
);

CREATE TABLE IF NOT EXISTS sweeps (
  name           VARCHAR(64) PRIMARY KEY,
  -- As it was asked for; empty: jobs were given its name one by one.
  definition     VARCHAR NOT NULL,
  created_at     TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  held           BOOLEAN NOT NULL,
  -- Why it is held, as a code with arguments.
  hold_code      VARCHAR(64),
  hold_arguments VARCHAR,
  -- Whether failures hold it, and not a person.
  stopped        BOOLEAN DEFAULT FALSE NOT NULL,
  -- Failures in a row that stop it, 0: none do; and how many there are now.
  stop_after     INTEGER NOT NULL,
  failures       INTEGER NOT NULL,
  halving_factor INTEGER,
  halving_first  INTEGER,
  ended_at       TIMESTAMP(9) WITH TIME ZONE,
  -- Which end, and which stop, a notification was sent about. The code of a stop is enough, since a
  -- release clears it.
  notified_end   TIMESTAMP(9) WITH TIME ZONE,
  notified_stop  VARCHAR(4000),
  -- What is being done to it in more than one transaction: none of its jobs starts meanwhile, and a
  -- server that finds it at its start ends it.
  pending        VARCHAR(16)
);

-- A job may be of several sweeps: a configuration that was run for one serves the others, too.
CREATE TABLE IF NOT EXISTS sweep_jobs (
  sweep VARCHAR(64) NOT NULL REFERENCES sweeps (name) ON DELETE CASCADE,
  job   BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  PRIMARY KEY (sweep, job)
);
CREATE INDEX IF NOT EXISTS sweeps_of_job ON sweep_jobs (job, sweep);

-- Where a trial of a successive halving waited to be compared.
CREATE TABLE IF NOT EXISTS rungs (
  job      BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  epoch    INTEGER NOT NULL,
  accuracy DOUBLE PRECISION NOT NULL,
  promoted BOOLEAN NOT NULL,
  PRIMARY KEY (job, epoch)
);

-- Notices on their way to webhooks, until they are delivered or given up. Which webhook: the checksum
-- of its address, for the address may be a secret, and what is signed with the secret is not here
-- either.
CREATE TABLE IF NOT EXISTS deliveries (
  id         VARCHAR(36) PRIMARY KEY,
  webhook    CHAR(64) NOT NULL,
  event      VARCHAR(32) NOT NULL,
  body       VARCHAR NOT NULL,
  created_at TIMESTAMP(9) WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS deliveries_order ON deliveries (created_at, id);

-- What notifications were sent about, so that a restart neither forgets nor repeats one: failures up
-- to this change of a job's state, and how full the disk was. One row.
CREATE TABLE IF NOT EXISTS notified (
  transition BIGINT NOT NULL,
  disk       VARCHAR(16) NOT NULL,
  disk_at    TIMESTAMP(9) WITH TIME ZONE NOT NULL
);
INSERT INTO notified (transition, disk, disk_at)
  SELECT 0, 'ROOM', CURRENT_TIMESTAMP WHERE NOT EXISTS (SELECT 1 FROM notified);

-- Who changed what by which request.
CREATE TABLE IF NOT EXISTS audit (
  id        BIGINT GENERATED ALWAYS AS IDENTITY (NO CACHE) PRIMARY KEY,
  at        TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  visitor   VARCHAR(100) NOT NULL,
  role      VARCHAR(20)  NOT NULL,
  address   VARCHAR(100) NOT NULL,
  operation VARCHAR(100) NOT NULL,
  target    VARCHAR(500) NOT NULL,
  status    INT NOT NULL
);

-- About the database itself. One row.
CREATE TABLE IF NOT EXISTS lab (
  -- Which data directory it belongs to, so that one put beside another's files is noticed; empty:
  -- the first server that opens it decides.
  identity VARCHAR(36) NOT NULL,
  -- How many changes were committed, so that an older copy is noticed, whatever it lacks.
  commits  BIGINT DEFAULT 0 NOT NULL
);
INSERT INTO lab (identity) SELECT '' WHERE NOT EXISTS (SELECT 1 FROM lab);
