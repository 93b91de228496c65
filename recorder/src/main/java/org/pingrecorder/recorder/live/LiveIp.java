package org.pingrecorder.recorder.live;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Family;

/**
 * An ip as listeners know it.
 *
 * @param tags its own and its client's
 * @param json the first fields of whatever is told of it, without braces
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LiveIp(
        long id,
        String client,
        String ip,
        @Nullable Family family,
        @Nullable String name,
        Set<String> tags,
        byte[] json) {

    static LiveIp of(
            long id,
            String client,
            String ip,
            @Nullable Family family,
            @Nullable String name,
            Set<String> tags) {
        String object =
                EventJson.written(
                        json -> {
                            json.writeStringField("client", client);
                            json.writeStringField("ip", ip);
                            if (family != null) {
                                json.writeStringField("family", family.text());
                            }
                            json.writeStringField("name", name);
                            json.writeNumberField("ip_id", id);
                        });
        byte[] fields = object.substring(1, object.length() - 1).getBytes(StandardCharsets.UTF_8);
        return new LiveIp(id, client, ip, family, name, tags, fields);
    }

    String jsonText() {
        return new String(json, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return client + " " + ip + " " + tags;
    }
}
