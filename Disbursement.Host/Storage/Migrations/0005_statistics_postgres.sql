-- PostgreSQL's planner knows a table by its last ANALYZE, and autovacuum comes by once a minute. A first import fills a
-- table faster than that: without statistics "of one ledger" passes for one row in two hundred, and every sheet walks
-- all workers before it. The application asks for this after it has written much (Dialect.Grew); only tables never
-- looked at and those that grew fourfold since are, on a small sample, and never while another looks.
-- Source: postgresql.org/docs/15/row-estimation-examples.html, sql-analyze.html.
CREATE FUNCTION refresh_statistics() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET default_statistics_target = 20 AS $$
DECLARE
    grown text;
    looked bigint := 0;
BEGIN
    FOR grown IN
        SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
          AND c.relowner = (SELECT p.proowner FROM pg_proc p WHERE p.oid = 'public.refresh_statistics'::regproc)
          AND pg_relation_size(c.oid) > CASE WHEN c.reltuples < 0 THEN 0
            ELSE current_setting('block_size')::bigint * 4 * greatest(c.relpages, 1) END
        ORDER BY c.relname
    LOOP
        EXECUTE format('ANALYZE (SKIP_LOCKED) public.%I', grown);
        looked := looked + 1;
    END LOOP;
    RETURN looked;
END $$;
REVOKE EXECUTE ON FUNCTION refresh_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refresh_statistics() TO disburse_app;
