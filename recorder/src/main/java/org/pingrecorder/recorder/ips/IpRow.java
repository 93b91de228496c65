package org.pingrecorder.recorder.ips;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Ip;
import org.pingrecorder.wire.Source;

/** One row of table {@code ip}. */
@MappedEntity("ip")
record IpRow(
        @Id @GeneratedValue Long id,
        String client,
        String ip,
        @Nullable String name,
        String source,
        boolean listed,
        Instant createdAt) {

    Ip toIp() {
        return new Ip(id, ip, client, name, Source.ofText(source).orElseThrow(), createdAt);
    }
}
