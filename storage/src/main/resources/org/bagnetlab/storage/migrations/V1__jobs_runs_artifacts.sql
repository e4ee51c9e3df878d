-- NO CACHE: a killed server would otherwise skip 32 numbers.
CREATE TABLE jobs (
  id               BIGINT GENERATED ALWAYS AS IDENTITY (NO CACHE) PRIMARY KEY,
  kind             VARCHAR(32) NOT NULL,
  title            VARCHAR(1000) NOT NULL,
  spec             VARCHAR NOT NULL,
  sweep            VARCHAR(64),
  -- The columns of the specification that queries need.
  dataset          VARCHAR(255),
  subject          BIGINT,
  state            VARCHAR(16) NOT NULL,
  created_at       TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  queued_at        TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  started_at       TIMESTAMP(9) WITH TIME ZONE,
  ended_at         TIMESTAMP(9) WITH TIME ZONE,
  reason           VARCHAR(4000),
  error_family     VARCHAR(32),
  error_code       VARCHAR(100),
  error_field      VARCHAR(100),
  cancel_requested BOOLEAN NOT NULL,
  checkpoint       BOOLEAN NOT NULL,
  worker           VARCHAR
);
CREATE INDEX jobs_by_state ON jobs (state, queued_at, id);
CREATE INDEX jobs_by_kind ON jobs (kind, state, dataset);
CREATE INDEX jobs_by_sweep ON jobs (sweep, id);
CREATE INDEX jobs_by_subject ON jobs (subject, state);

CREATE TABLE transitions (
  id         BIGINT GENERATED ALWAYS AS IDENTITY (NO CACHE) PRIMARY KEY,
  job        BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  at         TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  from_state VARCHAR(16),
  to_state   VARCHAR(16) NOT NULL,
  cause      VARCHAR(4000) NOT NULL
);
CREATE INDEX transitions_by_job ON transitions (job, id);

CREATE TABLE epochs (
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

CREATE TABLE measurements (
  job      BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  set_name VARCHAR(32) NOT NULL,
  accuracy DOUBLE PRECISION NOT NULL,
  correct  INTEGER NOT NULL,
  images   INTEGER NOT NULL,
  loss     DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (job, set_name)
);

CREATE TABLE artifacts (
  id         BIGINT GENERATED ALWAYS AS IDENTITY (NO CACHE) PRIMARY KEY,
  job        BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  kind       VARCHAR(32) NOT NULL,
  name       VARCHAR(255) NOT NULL,
  -- Below the artifact directory; differs from the name where a name was given anew.
  file       VARCHAR(600) NOT NULL UNIQUE,
  media_type VARCHAR(100) NOT NULL,
  sha256     CHAR(64) NOT NULL,
  size       BIGINT NOT NULL,
  facts      VARCHAR NOT NULL,
  created_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  UNIQUE (job, name)
);
CREATE INDEX artifacts_by_job ON artifacts (job, kind, id);
