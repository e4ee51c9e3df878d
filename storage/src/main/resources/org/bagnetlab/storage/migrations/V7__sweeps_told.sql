-- What people were told of a sweep: its end, and why it was stopped.
ALTER TABLE sweeps ADD COLUMN told_end TIMESTAMP(9) WITH TIME ZONE;
ALTER TABLE sweeps ADD COLUMN told_stop VARCHAR(4000);
UPDATE sweeps SET told_end = ended_at;
