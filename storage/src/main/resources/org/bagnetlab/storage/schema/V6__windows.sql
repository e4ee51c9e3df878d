-- Device time that a sweep may use, in seconds, after a release that granted more than its definition does.
ALTER TABLE sweeps ADD COLUMN IF NOT EXISTS granted_seconds DOUBLE PRECISION;
