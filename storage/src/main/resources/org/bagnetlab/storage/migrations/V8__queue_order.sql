-- What waits is listed in the order of the queue, whether it may run yet or not.
CREATE INDEX jobs_queued ON jobs (state, priority DESC, position, id);
