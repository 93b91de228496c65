package org.pingrecorder.recorder.ips;

import org.pingrecorder.recorder.http.JsonObject;
import org.pingrecorder.wire.Address;
import org.pingrecorder.wire.ClientName;
import org.pingrecorder.wire.Source;

/** Reads what {@code POST /ips} takes. */
final class NewIpBody {

    private NewIpBody() {}

    static Registration read(JsonObject body) {
        String client = body.optional("client", ClientName::check);
        Address address = body.required("ip", Address::parse);
        return new Registration(
                client == null ? ClientName.DEFAULT : client,
                address,
                body.family(address),
                body.name(),
                body.optional("source", NewIpBody::source));
    }

    private static Source source(String text) {
        return Source.ofText(text)
                .filter(source -> source != Source.PLAN)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "is client (pinged by a client's own list) or post"));
    }
}
