-- Pings move from one row each to packed blocks. Every key starts with the client, so that each
-- table can be distributed by it.

-- Read once by the recorder's next start, which packs these and drops the table.
DROP INDEX ping_newest;
ALTER TABLE ping RENAME TO ping_v1;

-- registry changes whenever an ip of the client leaves the list or is renamed: who remembers ids
-- looks them up again.
ALTER TABLE client ADD COLUMN registry bigint NOT NULL DEFAULT 0;

-- Who else pings an ip: reads that name no client.
CREATE INDEX ip_address ON ip (ip, client);

-- What its clock shows less than the recorder's, as it was estimated last.
ALTER TABLE client ADD COLUMN clock_offset_us bigint;

-- What each of a client's spools has delivered.
CREATE TABLE spool (
    client          text        NOT NULL REFERENCES client (name),
    spool           text        NOT NULL,
    -- High-water mark: this batch and all before it are stored.
    batch           bigint      NOT NULL,
    -- The clock offset (recorder minus client) that its pings are corrected by, and its epoch.
    clock_epoch     bigint,
    clock_offset_us bigint,
    delivered_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (client, spool)
) WITH (fillfactor = 50);

-- Pings as they were uploaded, until the packer has moved them into fresh.
CREATE TABLE upload (
    client      text        NOT NULL,
    id          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    received_at timestamptz NOT NULL DEFAULT now(),
    -- Times of the first and the last of its pings.
    first_at    timestamptz NOT NULL,
    last_at     timestamptz NOT NULL,
    pings       integer     NOT NULL,
    payload     bytea       NOT NULL,
    PRIMARY KEY (client, id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
        toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 10000);
ALTER TABLE upload ALTER payload SET STORAGE EXTERNAL;

-- Pings of one ip in ten minutes of an hour that is not merged into its block yet: payloads of
-- encoded samples, one after the other.
CREATE TABLE fresh (
    client     text        NOT NULL,
    ip_id      bigint      NOT NULL,
    slice      timestamptz NOT NULL,
    pings      integer     NOT NULL,
    payload    bytea       NOT NULL,
    PRIMARY KEY (client, ip_id, slice)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05,
        autovacuum_vacuum_threshold = 2000);
ALTER TABLE fresh ALTER payload SET STORAGE EXTERNAL;

-- Which hours have rows in fresh, and when the last of them was written.
CREATE TABLE open_hour (
    client     text        NOT NULL,
    hour       timestamptz NOT NULL,
    touched_at timestamptz NOT NULL,
    PRIMARY KEY (client, hour)
) WITH (fillfactor = 50);

-- All pings of one ip in one hour. Partitions of a week, made when they are needed.
CREATE TABLE block (
    client  text        NOT NULL,
    ip_id   bigint      NOT NULL,
    hour    timestamptz NOT NULL,
    pings   integer     NOT NULL,
    payload bytea       NOT NULL,
    PRIMARY KEY (client, ip_id, hour)
) PARTITION BY RANGE (hour);
ALTER TABLE block ALTER payload SET STORAGE EXTERNAL;
-- The few hours of an ip with so many pings that none can be read whole: whoever reads looks first.
CREATE INDEX block_large ON block (hour) WHERE pings > 1000000;

-- Summaries of the hours of one ip's UTC day. Partitions of a month.
CREATE TABLE rollup (
    client text        NOT NULL,
    ip_id  bigint      NOT NULL,
    day    timestamptz NOT NULL,
    hours  bytea       NOT NULL,
    PRIMARY KEY (client, ip_id, day)
) PARTITION BY RANGE (day);
ALTER TABLE rollup ALTER hours SET STORAGE EXTERNAL;

-- Everything that was ever packed of one ip, and where its state stands.
CREATE TABLE ip_total (
    client          text        NOT NULL,
    ip_id           bigint      NOT NULL,
    received        bigint      NOT NULL,
    late            bigint      NOT NULL,
    lost            bigint      NOT NULL,
    -- Lost while the client was cut off from its network; not in lost.
    cut_off         bigint      NOT NULL DEFAULT 0,
    not_sent        bigint      NOT NULL,
    duplicates      bigint      NOT NULL,
    -- Of outages that have ended.
    disconnected_us bigint      NOT NULL,
    first_at        timestamptz NOT NULL,
    last_at         timestamptz NOT NULL,
    last_outcome    text        NOT NULL,
    last_latency_us integer,
    -- Of the timetable at last_at; 0 where it is on none.
    interval_us     bigint      NOT NULL,
    -- Consecutive lost pings up to now, and the times of the first and the last of them.
    lost_run        integer     NOT NULL,
    lost_since      timestamptz,
    lost_until      timestamptz,
    -- What the first of them met.
    lost_cause      text,
    -- The same of those that were lost while the client was cut off.
    cut_off_run     integer     NOT NULL DEFAULT 0,
    cut_off_since   timestamptz,
    cut_off_until   timestamptz,
    -- At last_at: up, late, down; unknown until a ping is sent.
    state           text        NOT NULL,
    -- When the newest change of the state happened.
    state_since     timestamptz NOT NULL,
    -- The last ping that was sent; after a while without one the state is unknown.
    decided_at      timestamptz,
    PRIMARY KEY (client, ip_id)
) WITH (fillfactor = 50);

-- Three or more consecutive lost pings, or those lost while the client was cut off, if only one;
-- ended_at is null while it goes on.
CREATE TABLE outage (
    client     text        NOT NULL,
    ip_id      bigint      NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at   timestamptz,
    lost       integer     NOT NULL,
    -- What its first lost ping met: timeout, or unreachable with type, code and router; or cut_off.
    cause      text        NOT NULL,
    -- A gap in the pings ended it, not a reply.
    by_gap     boolean     NOT NULL DEFAULT false,
    -- Not of the ip, but of its client; these may lie within the others.
    cut_off    boolean     NOT NULL GENERATED ALWAYS AS (cause = 'cut_off') STORED,
    PRIMARY KEY (client, ip_id, started_at, cut_off)
);
CREATE INDEX outage_cut_off ON outage (client, ip_id, started_at) WHERE cut_off;

-- From when on an ip was pinged, by its client's own word: its slots are from_at + k × interval.
CREATE TABLE running (
    client      text        NOT NULL,
    ip_id       bigint      NOT NULL,
    from_at     timestamptz NOT NULL,
    interval_us bigint      NOT NULL,
    PRIMARY KEY (client, ip_id, from_at)
);

-- Spans without pings, by the client's own word; ip_id is null where it means all of its ips, to_at
-- where it lasts until the next row in running.
CREATE TABLE gap (
    client  text        NOT NULL,
    id      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    ip_id   bigint,
    from_at timestamptz NOT NULL,
    to_at   timestamptz,
    reason  text        NOT NULL CHECK (reason IN ('dropped', 'paused', 'stopped', 'not_running')),
    PRIMARY KEY (client, id)
);
CREATE INDEX gap_from ON gap (client, from_at);

-- What was not taken as it came: refused, or put aside because its time lies ahead.
CREATE TABLE refusal (
    client      text        NOT NULL,
    id          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    received_at timestamptz NOT NULL DEFAULT now(),
    kind        text        NOT NULL CHECK (kind IN ('refused', 'quarantined')),
    spool       text,
    batch       bigint,
    series      integer,
    -- Within the series; null for all of it.
    index       integer,
    reason      text        NOT NULL,
    -- As it was sent, cut where it is long.
    content     text        NOT NULL,
    PRIMARY KEY (client, id)
);
CREATE INDEX refusal_id ON refusal (id);
