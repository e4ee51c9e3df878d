-- What each worker of a job cost. A worker that a killed server left keeps what was known last.
CREATE TABLE IF NOT EXISTS costs (
  job                BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  started_at         TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  device_seconds     DOUBLE PRECISION NOT NULL,
  processor_seconds  DOUBLE PRECISION,
  peak_memory        BIGINT,
  peak_device_memory BIGINT,
  joules             DOUBLE PRECISION,
  utilisation        DOUBLE PRECISION,
  images_per_second  DOUBLE PRECISION,
  PRIMARY KEY (job, started_at)
);

-- Readings of the GPUs; the older, the fewer.
CREATE TABLE IF NOT EXISTS gpu_readings (
  gpu         VARCHAR(100) NOT NULL,
  at          TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  utilisation BIGINT,
  temperature BIGINT,
  memory_used BIGINT,
  watts       DOUBLE PRECISION,
  PRIMARY KEY (gpu, at)
);
CREATE INDEX IF NOT EXISTS gpu_readings_by_time ON gpu_readings (at);
