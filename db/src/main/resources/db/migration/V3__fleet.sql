-- The fleet: which recorders run, which clients are connected to them, and what each client is to
-- ping.

-- Of clients without a listed = true nothing is shown; it comes back when it is heard of again.
ALTER TABLE client
    ADD COLUMN listed boolean NOT NULL DEFAULT true,
    ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
    ADD COLUMN note text,
    -- The plan it is to follow: set from the sequence plan_revision in the transaction of every
    -- change to its own plan, to a plan of its tags, or to its tags. 0 until there is one.
    ADD COLUMN plan_revision bigint NOT NULL DEFAULT 0,
    -- Whether that plan says to ping nothing.
    ADD COLUMN plan_paused boolean NOT NULL DEFAULT false,
    -- The plan it follows by its own word, since when, and what of it it cannot.
    ADD COLUMN plan_acked bigint NOT NULL DEFAULT 0,
    ADD COLUMN plan_acked_at timestamptz,
    ADD COLUMN plan_problems text[],
    -- Since when it pings nothing, by the plan it follows; null while it pings.
    ADD COLUMN paused_at timestamptz;

CREATE INDEX client_tags ON client USING gin (tags);

-- Recorders on this database. One that has not been seen for 15 seconds is gone.
CREATE TABLE recorder (
    -- Made at its start.
    id         text        NOT NULL PRIMARY KEY,
    started_at timestamptz NOT NULL DEFAULT now(),
    seen_at    timestamptz NOT NULL DEFAULT now()
);

-- The newest connection of each client that ever had one: a name has one connection at a time,
-- whichever recorder it is made to.
CREATE TABLE conn (
    client        text        NOT NULL PRIMARY KEY REFERENCES client (name),
    -- Another one for every connection.
    id            text        NOT NULL,
    recorder      text        NOT NULL,
    -- Made once with the client's data: tells a restart from a second client of that name.
    installation  text        NOT NULL,
    -- Where it came from, and what it says of itself.
    address       text        NOT NULL,
    addresses     text[]      NOT NULL,
    version       text        NOT NULL,
    capabilities  jsonb       NOT NULL,
    connected_at  timestamptz NOT NULL DEFAULT now(),
    -- Null while it lasts.
    ended_at      timestamptz,
    -- When it said that it stops; null if it did not.
    stopped_at    timestamptz,
    -- Its newest word on how it does; null before the first.
    status_at     timestamptz,
    pinged_ips    bigint,
    spooled_pings bigint,
    dropped_pings bigint,
    cut_off       boolean,
    -- By the recorder's clock; null while it is not.
    cut_off_since timestamptz
) WITH (fillfactor = 50);

CREATE INDEX conn_recorder ON conn (recorder) WHERE ended_at IS NULL;

-- Revisions of plans: one sequence for all, so that each is of one plan only. It starts at the time
-- in seconds: clients keep their plan, and one of a database that was set up anew must be newer.
DO $$
BEGIN
    EXECUTE format('CREATE SEQUENCE plan_revision START %s', extract(epoch FROM now())::bigint);
END
$$;

-- What a client, or every client with a tag, is to ping. Settings are null where this plan says
-- nothing about them.
CREATE TABLE plan (
    kind                text        NOT NULL CHECK (kind IN ('client', 'tag')),
    -- Of the client or the tag.
    name                text        NOT NULL,
    revision            bigint      NOT NULL,
    changed_at          timestamptz NOT NULL DEFAULT now(),
    interval_ms         bigint,
    timeout_ms          bigint,
    metrics_interval_ms bigint,
    paused              boolean,
    PRIMARY KEY (kind, name)
);

-- The targets of a plan, one row for each ip that a client with this plan pings.
CREATE TABLE plan_target (
    kind        text     NOT NULL CHECK (kind IN ('client', 'tag')),
    plan        text     NOT NULL,
    ip          text     NOT NULL,
    -- 0 where the ip has none.
    family      smallint NOT NULL CHECK (family IN (0, 4, 6)),
    name        text,
    tags        text[]   NOT NULL,
    interval_ms bigint,
    timeout_ms  bigint,
    grace_ms    bigint,
    PRIMARY KEY (kind, plan, ip, family)
);

-- Which plans concern which client. Where several say something, the first by (kind, plan) wins.
CREATE VIEW plan_source AS
    SELECT name AS client, 'client' AS kind, name AS plan FROM client
    UNION ALL
    SELECT client.name, 'tag', tag FROM client CROSS JOIN unnest(client.tags) AS tag;

ALTER TABLE ip
    -- Whether the plans of its client name it. Its source is 'client' all the same where its
    -- client's own list does.
    ADD COLUMN planned boolean NOT NULL DEFAULT false,
    -- When it was taken off its client's plan and the list. For a minute from then, what the client
    -- still delivers of it, as it did not know yet, does not bring it back on the list.
    ADD COLUMN unplanned_at timestamptz,
    ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
