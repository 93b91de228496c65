package org.pingrecorder.recorder.ips;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One entry of the registry at a time. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface IpRepository extends GenericRepository<IpRow, Long> {

    Optional<IpRow> findByIdAndListedTrue(Long id);

    /** Gives an ip another name, or none; returns how many that were. */
    @Query(
            """
            WITH renamed AS (
                UPDATE ip SET name = :name WHERE id = :id AND listed RETURNING client
            ), changed AS (
                UPDATE client SET registry = registry + 1
                FROM renamed WHERE client.name = renamed.client RETURNING name
            )
            SELECT count(*) FROM changed
            """)
    long rename(Long id, @Nullable String name);

    /**
     * Takes an ip off the list, unless its client pings it; returns how many that were.
     *
     * @param wasPlanned whether its client pinged it until now, and may still deliver pings of it
     */
    @Query(
            """
            WITH gone AS (
                UPDATE ip SET listed = false,
                       unplanned_at = CASE WHEN :wasPlanned THEN now() END
                WHERE id = :id AND listed AND source = 'post' RETURNING client
            ), changed AS (
                UPDATE client SET registry = registry + 1
                FROM gone WHERE client.name = gone.client RETURNING name
            )
            SELECT count(*) FROM changed
            """)
    long unlist(Long id, boolean wasPlanned);
}
