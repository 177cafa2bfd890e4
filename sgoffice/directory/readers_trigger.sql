-- A comparison of rows is written differently after a dump is restored: column by column it stays as it is.
DROP TRIGGER directory_follows_entry ON records_entry;
CREATE TRIGGER directory_follows_entry AFTER UPDATE OF marking, entered_by, readers ON records_entry
    FOR EACH ROW WHEN (OLD.marking IS DISTINCT FROM NEW.marking OR OLD.entered_by IS DISTINCT FROM NEW.entered_by
        OR OLD.readers IS DISTINCT FROM NEW.readers)
    EXECUTE FUNCTION directory_follow_entry();
ALTER TABLE records_entry ENABLE ALWAYS TRIGGER directory_follows_entry;
