CREATE TABLE jobs (another BIGINT);
