-- Notices on their way to webhooks, until they are taken or given up. Which webhook: the checksum of
-- its address, for the address may be a secret, and what is signed with the secret is not here either.
CREATE TABLE deliveries (
  id         VARCHAR(36) PRIMARY KEY,
  webhook    CHAR(64) NOT NULL,
  event      VARCHAR(32) NOT NULL,
  body       VARCHAR NOT NULL,
  created_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  attempts   INTEGER NOT NULL,
  due_at     TIMESTAMP(9) WITH TIME ZONE NOT NULL
);
CREATE INDEX deliveries_due ON deliveries (due_at, id);

-- What people were told of, so that a restart neither forgets nor repeats it: failures up to this
-- change of a job's state, and how the disk stood. What failed before this version is not told.
CREATE TABLE told (
  transition BIGINT NOT NULL,
  disk       VARCHAR(16) NOT NULL,
  disk_at    TIMESTAMP(9) WITH TIME ZONE NOT NULL
);
INSERT INTO told (transition, disk, disk_at)
  SELECT COALESCE(MAX(id), 0), 'ROOM', CURRENT_TIMESTAMP FROM transitions;

-- Files that retention took from jobs that stay, so that whoever misses one is told why.
CREATE TABLE removals (
  id   BIGINT GENERATED ALWAYS AS IDENTITY (NO CACHE) PRIMARY KEY,
  job  BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  kind VARCHAR(32) NOT NULL,
  name VARCHAR(255) NOT NULL,
  size BIGINT NOT NULL,
  at   TIMESTAMP(9) WITH TIME ZONE NOT NULL
);
CREATE INDEX removals_by_job ON removals (job, kind, id);
