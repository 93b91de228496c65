package org.pingrecorder.recorder.ips;

import io.micronaut.data.annotation.Id;
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

    long update(@Id Long id, @Nullable String name);

    /** Takes an ip off the list, unless its own client pings it; returns how many that were. */
    @Query("UPDATE ip SET listed = false WHERE id = :id AND listed AND source <> 'client'")
    long unlist(Long id);
}
