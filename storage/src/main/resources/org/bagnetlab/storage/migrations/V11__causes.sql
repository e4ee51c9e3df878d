-- Why something happened is stored as a code with arguments, and no longer as a sentence.
--
-- H2 commits each of these by itself: a server that dies in between begins again with the first. So
-- a column of sentences becomes that of the arguments, and only a row without a code is changed.

-- What earlier versions wrote, as regular expressions. A sentence that is not here is kept as it is.
CREATE TABLE IF NOT EXISTS sentences (
  pattern   VARCHAR NOT NULL,
  code      VARCHAR(64) NOT NULL,
  arguments VARCHAR NOT NULL
);
DELETE FROM sentences;
INSERT INTO sentences (pattern, code, arguments) VALUES
  ('^submitted$', 'submitted', '{}'),
  ('^started on ([^"\\\p{Cntrl}]*)$', 'started', '{"device":"$1"}'),
  ('^cancelled by hand$', 'cancel-requested', '{}'),
  ('^cancelled with sweep ([A-Za-z0-9._-]+)$', 'cancelled-with-sweep', '{"sweep":"$1"}'),
  ('^cancelled with job (\d{1,18}), whose result it needs$', 'cancelled-with-job', '{"job":$1}'),
  ('^cancelled before it started$', 'cancelled-before-start', '{}'),
  ('^pause requested$', 'pause-requested', '{}'),
  ('^paused$', 'paused', '{}'),
  ('^resumed$', 'resumed', '{}'),
  ('^resumed with sweep ([A-Za-z0-9._-]+)$', 'resumed-with-sweep', '{"sweep":"$1"}'),
  ('^resumed with job (\d{1,18})$', 'resumed-with-job', '{"job":$1}'),
  ('^resumes by itself$', 'retried', '{}'),
  ('^waits after epoch (\d{1,9}) to be compared with the other trials$', 'rung-reached',
   '{"epoch":$1}'),
  ('^goes on: number (\d{1,9}) of the (\d{1,9}) trials after epoch (\d{1,9})$', 'promoted',
   '{"epoch":$3,"place":$1,"trials":$2}'),
  ('^ends after epoch (\d{1,9}): with a validation accuracy of ([01]\.\d{3}) it is number (\d{1,9}) of the (\d{1,9}) trials$',
   'outdone', '{"accuracy":$2,"epoch":$1,"place":$3,"trials":$4}'),
  ('^the worker finished$', 'completed', '{}'),
  ('^the worker stopped and left a checkpoint$', 'stopped-with-checkpoint', '{}'),
  ('^the worker stopped; it left no checkpoint$', 'stopped-without-checkpoint', '{}'),
  ('^the server was stopped$', 'server-stopped', '{}');

-- Changes of jobs' states.
ALTER TABLE transitions ALTER COLUMN IF EXISTS cause RENAME TO cause_arguments;
ALTER TABLE transitions ALTER COLUMN cause_arguments SET DATA TYPE VARCHAR;
ALTER TABLE transitions ADD COLUMN IF NOT EXISTS cause_code VARCHAR(64);
UPDATE transitions SET (cause_code, cause_arguments) = (
    SELECT code, REGEXP_REPLACE(cause_arguments, pattern, arguments)
    FROM sentences WHERE REGEXP_LIKE(cause_arguments, pattern))
  WHERE cause_code IS NULL
    AND EXISTS (SELECT 1 FROM sentences WHERE REGEXP_LIKE(cause_arguments, pattern));
UPDATE transitions SET cause_code = 'legacy',
    cause_arguments = CAST(JSON_OBJECT('text': cause_arguments) AS VARCHAR)
  WHERE cause_code IS NULL;
ALTER TABLE transitions ALTER COLUMN cause_code SET NOT NULL;

-- Jobs' states: the sentence of one that failed is its error's, and stays.
ALTER TABLE jobs ALTER COLUMN IF EXISTS reason RENAME TO error_message;
ALTER TABLE jobs ADD COLUMN IF NOT EXISTS cause_code VARCHAR(64);
ALTER TABLE jobs ADD COLUMN IF NOT EXISTS cause_arguments VARCHAR;
UPDATE jobs SET error_message = CASE state WHEN 'INTERRUPTED' THEN '' ELSE LOWER(state) END
  WHERE state IN ('PAUSED', 'INTERRUPTED', 'CANCELLED') AND cause_code IS NULL
    AND error_message IS NULL;
UPDATE jobs SET (cause_code, cause_arguments) = (
    SELECT code, REGEXP_REPLACE(error_message, pattern, arguments)
    FROM sentences WHERE REGEXP_LIKE(error_message, pattern))
  WHERE state IN ('PAUSED', 'INTERRUPTED', 'CANCELLED') AND cause_code IS NULL
    AND EXISTS (SELECT 1 FROM sentences WHERE REGEXP_LIKE(error_message, pattern));
UPDATE jobs SET cause_code = 'legacy',
    cause_arguments = CAST(JSON_OBJECT('text': error_message) AS VARCHAR)
  WHERE state IN ('PAUSED', 'INTERRUPTED', 'CANCELLED') AND cause_code IS NULL;
UPDATE jobs SET error_message = NULL WHERE error_message IS NOT NULL AND state <> 'FAILED';

-- Why sweeps are held; and of which stop people were told: its code is enough, for whoever releases
-- a sweep makes them forget.
ALTER TABLE sweeps ALTER COLUMN IF EXISTS hold_reason RENAME TO hold_arguments;
ALTER TABLE sweeps ALTER COLUMN hold_arguments SET DATA TYPE VARCHAR;
ALTER TABLE sweeps ADD COLUMN IF NOT EXISTS hold_code VARCHAR(64);
UPDATE sweeps SET hold_code = 'held-by-hand', hold_arguments = '{}'
  WHERE hold_code IS NULL AND hold_arguments = 'held by hand';
UPDATE sweeps SET hold_code = 'stopped-after-failures', hold_arguments = CAST(JSON_OBJECT(
    'failures': CAST(REGEXP_REPLACE(hold_arguments,
      '^stopped after (\d{1,9}) failures in a row, the last of job (\d{1,18}): (.*)$', '$1', 'n')
      AS INTEGER),
    'job': CAST(REGEXP_REPLACE(hold_arguments,
      '^stopped after (\d{1,9}) failures in a row, the last of job (\d{1,18}): (.*)$', '$2', 'n')
      AS BIGINT),
    'detail': REGEXP_REPLACE(hold_arguments,
      '^stopped after (\d{1,9}) failures in a row, the last of job (\d{1,18}): (.*)$', '$3', 'n'))
    AS VARCHAR)
  WHERE hold_code IS NULL AND REGEXP_LIKE(hold_arguments,
    '^stopped after (\d{1,9}) failures in a row, the last of job (\d{1,18}): (.*)$', 'n');
UPDATE sweeps SET hold_code = 'legacy',
    hold_arguments = CAST(JSON_OBJECT('text': hold_arguments) AS VARCHAR)
  WHERE hold_code IS NULL AND hold_arguments IS NOT NULL;
UPDATE sweeps SET told_stop = hold_code WHERE told_stop IS NOT NULL;

DROP TABLE IF EXISTS sentences;
