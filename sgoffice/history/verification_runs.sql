CREATE TRIGGER verification_run_is_final BEFORE UPDATE OR DELETE ON verification_run
    FOR EACH ROW EXECUTE FUNCTION register_refuse();
CREATE TRIGGER verification_run_is_kept BEFORE TRUNCATE ON verification_run
    FOR EACH STATEMENT EXECUTE FUNCTION register_refuse();
ALTER TABLE verification_run ENABLE ALWAYS TRIGGER verification_run_is_final;
ALTER TABLE verification_run ENABLE ALWAYS TRIGGER verification_run_is_kept;
