-- What the comparison needs of a run's split, close together: in the table it lies between the facts
-- of pictures, and whoever reads all splits there reads all of them.
ALTER TABLE artifacts ADD COLUMN split_facts VARCHAR
  GENERATED ALWAYS AS (CASE WHEN kind = 'split' THEN facts END);
CREATE INDEX artifacts_splits ON artifacts (kind, job, split_facts);
