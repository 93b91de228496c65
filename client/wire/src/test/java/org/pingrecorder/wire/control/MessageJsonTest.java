package org.pingrecorder.wire.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pingrecorder.wire.Family;
import org.pingrecorder.wire.PingLine;

class MessageJsonTest {

    private final ObjectMapper mapper = ObjectMapper.getDefault();

    static Stream<FromClient> fromClient() {
        return Stream.of(
                new Register(
                        "client1",
                        "1f0c",
                        List.of("192.0.2.10"),
                        1_700_000_000_000_000L,
                        "0.1.0",
                        new Capabilities(List.of("datagram"), true, false, null, "Linux amd64"),
                        7),
                new Ack(7, List.of("too many pings a second")),
                new TaskResult(
                        "t1",
                        List.of(
                                new PingLine(
                                        PingLine.TYPE,
                                        null,
                                        "a.example",
                                        "192.0.2.1",
                                        2,
                                        Instant.parse("2026-11-21T06:00:00.000250Z"),
                                        "reply",
                                        0.153,
                                        64,
                                        64,
                                        false,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null)),
                        true,
                        null),
                new Status(1_700_000_000_000_000L, 500, 12, 0, false, null),
                new Status(1_700_000_000_000_000L, 500, 12, 0, true, 1_699_999_999_000_000L),
                new Bye(1_700_000_000_000_000L));
    }

    static Stream<FromRecorder> fromRecorder() {
        Plan plan =
                new Plan(
                        8,
                        1_000L,
                        null,
                        10_000L,
                        false,
                        List.of(
                                new PlanTarget(
                                        "192.0.2.1", null, "gate", List.of("core"), 500L, null, 0L),
                                new PlanTarget(
                                        "a.example", Family.IPV6, null, null, null, null, null)));
        return Stream.of(
                new Registered("c1", 1_700_000_000_000_000L, 10_000, plan),
                new Refused("another client of that name is connected", 30_000, true),
                plan,
                new Task("t1", List.of("192.0.2.1"), 1_000, 3, 10_000),
                new Cancel("t1"),
                new ByeAck());
    }

    @ParameterizedTest
    @MethodSource
    void fromClient(FromClient message) throws IOException {
        String json = mapper.writeValueAsString(Argument.of(FromClient.class), message);
        assertEquals(message, mapper.readValue(json, FromClient.class), json);
    }

    @ParameterizedTest
    @MethodSource
    void fromRecorder(FromRecorder message) throws IOException {
        String json = mapper.writeValueAsString(Argument.of(FromRecorder.class), message);
        assertEquals(message, mapper.readValue(json, FromRecorder.class), json);
    }

    @Test
    void write_tellsTypeAndUnits() throws IOException {
        FromRecorder refused = new Refused("busy", 30_000, false);
        assertEquals(
                "{\"type\":\"refused\",\"reason\":\"busy\",\"wait_ms\":30000,\"name_taken\":false}",
                mapper.writeValueAsString(Argument.of(FromRecorder.class), refused));
    }

    @Test
    void read_refusalOfAnOlderRecorder_saysNothingOfTheName() throws IOException {
        assertEquals(
                new Refused("busy", 30_000, false),
                mapper.readValue(
                        "{\"type\":\"refused\",\"reason\":\"busy\",\"wait_ms\":30000}",
                        FromRecorder.class));
    }

    @Test
    void read_unknownType_isRefused() {
        assertThrows(
                IOException.class,
                () -> mapper.readValue("{\"type\":\"shutdown\"}", FromClient.class));
    }
}
