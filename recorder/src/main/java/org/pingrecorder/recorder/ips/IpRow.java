package org.pingrecorder.recorder.ips;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.Ip;
import org.pingrecorder.wire.Source;

/** One row of table {@code ip}. */
@MappedEntity("ip")
record IpRow(
        @Id @GeneratedValue Long id,
        String client,
        String ip,
        @Nullable Integer family,
        @Nullable String name,
        String source,
        boolean listed,
        @TypeDef(type = DataType.STRING_ARRAY) List<String> tags,
        Instant createdAt) {

    /** The family as the database keeps it: 4, 6 or null. */
    static @Nullable Family familyOf(@Nullable Integer stored) {
        return stored == null ? null : Family.ofVersion(stored).orElseThrow();
    }

    Ip toIp() {
        return new Ip(
                id,
                ip,
                familyOf(family),
                client,
                name,
                Source.ofText(source).orElseThrow(),
                tags,
                createdAt);
    }
}
