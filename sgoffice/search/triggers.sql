-- The search keeps a copy of who may see a record; it follows every write to the record at once.

-- The words of a row are stored out of line, so that a page holds many rows: only the index reads them. What every hit
-- needs stays in the row.
ALTER TABLE records_searchrow SET (toast_tuple_target = 128);
ALTER TABLE records_searchrow ALTER kind SET STORAGE MAIN, ALTER countries SET STORAGE MAIN,
    ALTER heading SET STORAGE MAIN, ALTER marking SET STORAGE MAIN, ALTER entered_by SET STORAGE MAIN,
    ALTER readers SET STORAGE MAIN, ALTER speaks_for SET STORAGE MAIN;

-- Raw SQL that hides a record also hides it from the search, in the same statement.
CREATE FUNCTION search_follow_entry() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.records_searchrow AS s SET is_live = NOT NEW.is_in_error AND NEW.merged_into_id IS NULL,
        marking = NEW.marking, entered_by = NEW.entered_by, readers = NEW.readers
        WHERE s.record_id = NEW.id AND (s.is_live, s.marking, s.entered_by, s.readers) IS DISTINCT FROM
            (NOT NEW.is_in_error AND NEW.merged_into_id IS NULL, NEW.marking, NEW.entered_by, NEW.readers);
    RETURN NULL;
END $$;
CREATE TRIGGER search_follows_entry
    AFTER UPDATE OF is_in_error, merged_into_id, marking, entered_by, readers ON records_entry
    FOR EACH ROW EXECUTE FUNCTION search_follow_entry();
ALTER TABLE records_entry ENABLE ALWAYS TRIGGER search_follows_entry;
