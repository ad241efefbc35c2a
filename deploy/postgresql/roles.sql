-- The roles of the database, and what each may do. Run as the owner of the cluster, in the database
-- "baken", before the first `migrate` and after every one: it may be run any number of times.
--   baken_owner   runs `manage.py migrate`: the tables are its own
--   baken_staff   the process for staff: rows, but no tables; versions and the record only grow
--   baken_public  the processes for visitors and the mirror: reads versions, and nothing else
--   baken_backup  reads everything, for the dump
-- On one machine each is the system user of that name, who needs no password (peer).

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['baken_owner', 'baken_staff', 'baken_public', 'baken_backup'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', name);
        END IF;
    END LOOP;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO baken_owner, baken_staff, baken_public, baken_backup', current_database());
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO baken_owner;
GRANT USAGE ON SCHEMA public TO baken_staff, baken_public, baken_backup;
GRANT pg_read_all_data TO baken_backup;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO baken_staff;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO baken_staff;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM baken_public;
DO $$
BEGIN
    IF to_regclass('public.publishing_version') IS NOT NULL THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON publishing_version, django_admin_log FROM baken_staff;
        GRANT SELECT ON publishing_version TO baken_public;
        REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM baken_staff;
    END IF;
    IF to_regclass('public.people_record') IS NOT NULL THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON people_record FROM baken_staff;
    END IF;
END $$;

-- Also for who comes by another way than our own processes. A backup may take longer.
ALTER ROLE baken_public SET statement_timeout = '3s';
ALTER ROLE baken_public SET default_transaction_read_only = on;
ALTER ROLE baken_staff SET statement_timeout = '10s';
ALTER ROLE baken_staff SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE baken_owner SET lock_timeout = '5s';
ALTER ROLE baken_public CONNECTION LIMIT 40;
ALTER ROLE baken_staff CONNECTION LIMIT 40;
