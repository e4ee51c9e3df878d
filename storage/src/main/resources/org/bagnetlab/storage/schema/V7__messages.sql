-- Notifications are sent to mail servers and chat services, too. The body of theirs is a message for
-- people, with its picture.
ALTER TABLE deliveries ALTER COLUMN IF EXISTS webhook RENAME TO recipient;

-- When the last daily message was stored; empty if none is configured.
ALTER TABLE notified ADD COLUMN IF NOT EXISTS daily_at TIMESTAMP(9) WITH TIME ZONE;
