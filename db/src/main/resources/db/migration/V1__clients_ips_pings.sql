-- Clients that were named by anyone; last_seen is null until one delivers something.
CREATE TABLE client (
    name       text        NOT NULL PRIMARY KEY,
    address    text,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen  timestamptz
);

-- The registry of what has history. An ip that was taken off the list (listed = false) keeps its
-- row, because its pings point to it.
CREATE TABLE ip (
    client     text        NOT NULL REFERENCES client (name),
    id         bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    ip         text        NOT NULL,
    family     smallint    CHECK (family IN (4, 6)),
    name       text,
    source     text        NOT NULL CHECK (source IN ('client', 'plan', 'post')),
    listed     boolean     NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (client, id),
    UNIQUE NULLS NOT DISTINCT (client, ip, family)
);

-- /ips/{id} and the cursor of /ips.
CREATE INDEX ip_id ON ip (id);

-- One row a ping. The id keeps apart two pings of one ip with one time.
CREATE TABLE ping (
    client      text        NOT NULL,
    ip_id       bigint      NOT NULL,
    at          timestamptz NOT NULL,
    id          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    outcome     text        NOT NULL,
    latency_us  integer     CHECK (latency_us >= 0),
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (client, ip_id, at, id),
    FOREIGN KEY (client, ip_id) REFERENCES ip (client, id)
);

-- The newest pings of all ips together.
CREATE INDEX ping_newest ON ping (at, id);
