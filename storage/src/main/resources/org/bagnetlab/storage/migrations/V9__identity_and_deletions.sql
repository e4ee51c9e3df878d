-- H2 commits each of these by itself: a server that dies in between begins again with the first.

-- Which data directory this database belongs to, so that one put beside another's files is noticed.
-- One row; empty: the first server that opens it says.
CREATE TABLE IF NOT EXISTS lab (
  identity VARCHAR(36) NOT NULL
);
INSERT INTO lab (identity) SELECT '' WHERE NOT EXISTS (SELECT 1 FROM lab);

-- Files and directories whose rows are gone and that are still to be deleted: below the data
-- directory. A server that dies in between leaves to the next one what it wanted to delete; of what
-- stands neither here nor in artifacts, nobody knows what it is, and it is kept.
CREATE TABLE IF NOT EXISTS deletions (
  path VARCHAR(1000) PRIMARY KEY
);
