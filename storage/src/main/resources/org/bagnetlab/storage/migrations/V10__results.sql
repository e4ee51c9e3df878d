-- H2 commits each of these by itself: a server that dies in between begins again with the first.

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

-- Accuracies and losses of earlier versions. What was scrambled has the seed of the scrambling: that
-- of an evaluation, or the seed of the training.
CREATE TABLE IF NOT EXISTS measurements (
  job      BIGINT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  set_name VARCHAR(32) NOT NULL,
  accuracy DOUBLE PRECISION NOT NULL,
  correct  INTEGER NOT NULL,
  images   INTEGER NOT NULL,
  loss     DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (job, set_name)
);
MERGE INTO results (job, output, metric, set_name, axes, number, images)
  KEY (job, metric, set_name, output, axes)
  SELECT m.job, 'accuracy', 'accuracy', m.set_name,
         CASE WHEN m.set_name = 'scrambled' THEN
           COALESCE('{"scrambleSeed":' || REGEXP_SUBSTR(jobs.spec,
             CASE jobs.kind WHEN 'evaluate' THEN '(?<="scrambleSeed":)-?[0-9]+'
                            ELSE '(?<="seed":)-?[0-9]+' END) || '}', '{}')
         ELSE '{}' END,
         m.accuracy, m.images
  FROM measurements m JOIN jobs ON jobs.id = m.job;
MERGE INTO results (job, output, metric, set_name, axes, number, images)
  KEY (job, metric, set_name, output, axes)
  SELECT r.job, 'loss', 'loss', r.set_name, r.axes, m.loss, r.images
  FROM results r JOIN measurements m ON m.job = r.job AND m.set_name = r.set_name
  WHERE r.metric = 'accuracy' AND r.output = 'accuracy';
DROP TABLE measurements;

-- Which output of its experiment a file is part of.
ALTER TABLE artifacts ADD COLUMN IF NOT EXISTS output VARCHAR(64);
UPDATE artifacts SET output = 'pictures' WHERE kind IN ('image', 'scrambled-image');
UPDATE artifacts SET output = 'heatmap' WHERE kind IN ('heatmap', 'scrambled-heatmap');
