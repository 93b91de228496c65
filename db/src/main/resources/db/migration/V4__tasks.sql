-- One-off tasks for clients of another recorder than the one that was asked. Unlogged: after a
-- crash nobody waits for them any more.

CREATE UNLOGGED TABLE task (
    id          text        NOT NULL PRIMARY KEY,
    -- The recorder that was asked. It deletes the row when nobody waits any more.
    asker       text        NOT NULL,
    targets     text[]      NOT NULL,
    interval_ms bigint      NOT NULL,
    count       integer     NOT NULL,
    timeout_ms  bigint      NOT NULL,
    made_at     timestamptz NOT NULL DEFAULT now()
);

CREATE UNLOGGED TABLE task_client (
    task   text NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    client text NOT NULL,
    -- The recorder that told the client; null until one has.
    holder text,
    PRIMARY KEY (task, client)
);

-- What clients said, until the recorder that was asked takes it.
CREATE UNLOGGED TABLE task_result (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task   text NOT NULL,
    client text NOT NULL,
    -- The message of the control channel; null where that has ended.
    result text
);

CREATE INDEX task_result_task ON task_result (task);
