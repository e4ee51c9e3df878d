-- How many changes were committed, so that an older copy of this database is noticed, whatever it
-- lacks. It begins where the mark of earlier versions stands: they counted changes of jobs' states.
ALTER TABLE lab ADD COLUMN IF NOT EXISTS commits BIGINT DEFAULT 0 NOT NULL;
UPDATE lab SET commits = (
  SELECT identity_base FROM information_schema.columns
  WHERE table_schema = 'PUBLIC' AND table_name = 'TRANSITIONS' AND column_name = 'ID'
) WHERE commits = 0;
