-- What people say of jobs: tags, sorted and separated by blanks, and a note.
CREATE TABLE IF NOT EXISTS annotations (
  job  BIGINT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
  tags VARCHAR(1000) NOT NULL,
  note VARCHAR(2000) NOT NULL
);
