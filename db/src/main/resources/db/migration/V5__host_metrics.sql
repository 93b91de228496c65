-- What clients measure of their hosts: processor, memory, disks and so on.

-- As it arrived, until the packer has moved it into hours. A payload is a table of times, names and
-- values; cells says how many values it has room for.
CREATE TABLE host_upload (
    client      text        NOT NULL,
    id          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    received_at timestamptz NOT NULL DEFAULT now(),
    first_at    timestamptz NOT NULL,
    last_at     timestamptz NOT NULL,
    cells       integer     NOT NULL,
    payload     bytea       NOT NULL,
    PRIMARY KEY (client, id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
ALTER TABLE host_upload ALTER payload SET STORAGE EXTERNAL;

-- All of one client in one hour; further parts where one would be too large. Partitions of a month.
CREATE TABLE host_hour (
    client  text        NOT NULL,
    hour    timestamptz NOT NULL,
    part    integer     NOT NULL,
    cells   integer     NOT NULL,
    payload bytea       NOT NULL,
    PRIMARY KEY (client, hour, part)
) PARTITION BY RANGE (hour);
ALTER TABLE host_hour ALTER payload SET STORAGE EXTERNAL;

-- The newest of each client.
CREATE TABLE host_newest (
    client      text        NOT NULL PRIMARY KEY,
    at          timestamptz NOT NULL,
    -- When the next one was to follow.
    interval_us bigint      NOT NULL,
    payload     bytea       NOT NULL
) WITH (fillfactor = 50);
ALTER TABLE host_newest ALTER payload SET STORAGE EXTERNAL;
