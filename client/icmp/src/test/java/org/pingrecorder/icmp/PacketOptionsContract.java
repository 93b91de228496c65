package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.icmp.RecordingListener.Decided;
import org.pingrecorder.icmp.packet.PacketOptions;
import org.pingrecorder.icmp.packet.PacketSource;
import org.pingrecorder.testnet.Behaviour;
import org.pingrecorder.testnet.Request;

/** What each option does to the packets of any engine, as the hosts that receive them see it. */
abstract class PacketOptionsContract extends FarEndFixture {

    private static final String IPV4 = "10.20.0.1";
    static final String IPV6 = "fd00:20::1";
    private static final String SECOND_IPV4 = "10.255.255.253";
    private static final String SECOND_IPV6 = "fdff::fffd";

    /** Without the headers, what an interface of 1,500 bytes takes unfragmented. */
    private static final int MOST_IPV4 = 1_500 - 20 - 8;

    static final int MOST_IPV6 = 1_500 - 40 - 8;

    private static final byte MORE_FRAGMENTS = 0x20;
    private static final byte DONT_FRAGMENT = 0x40;

    private final Kind kind;
    private final BlockingQueue<Request> seen = new LinkedBlockingQueue<>();

    PacketOptionsContract(Kind kind) {
        this.kind = kind;
    }

    @BeforeAll
    static void addAddresses() throws Exception {
        addAddress(SECOND_IPV4 + "/8");
        addAddress(SECOND_IPV6 + "/8");
    }

    private static void addAddress(String address) throws Exception {
        ProcessBuilder ip = new ProcessBuilder("ip", "address", "add", address, "dev", "far0");
        if (address.indexOf(':') >= 0) {
            ip.command().add("nodad"); // usable at once
        }
        assertEquals(0, namespace.start(ip.inheritIO()).waitFor());
    }

    RunningEngine engine(PacketOptions options) throws Exception {
        Behaviour reply = Behaviour.reply();
        Behaviour look =
                (request, answers) -> {
                    seen.add(request);
                    reply.answer(request, answers);
                };
        farEnd.rule(IPV4, look);
        farEnd.rule(IPV6, look);
        return new RunningEngine(
                namespace, EngineConfig.DEFAULT.withKind(kind).withPacket(options));
    }

    /** The request that one ping with these options sends, after its reply has come. */
    Request request(PacketOptions options, String host) throws Exception {
        try (RunningEngine pings = engine(options)) {
            Decided d = pings.decisionOn(host);

            assertEquals(Outcome.REPLY, d.outcome(), String.valueOf(d.cause()));
            assertEquals(options.payloadBytes() + 8, d.replyBytes());
            return seen.take();
        }
    }

    private Decided decision(PacketOptions options, String host) throws Exception {
        try (RunningEngine pings = engine(options)) {
            return pings.decisionOn(host);
        }
    }

    static PacketSource source(String text) {
        return PacketSource.parse(text);
    }

    @Test
    void ttl_isThePackets() throws Exception {
        PacketOptions options = PacketOptions.DEFAULT.withTtl(7);

        assertEquals(7, request(options, IPV4).packet()[8]);
        assertEquals(7, request(options, IPV6).packet()[7]);
    }

    @Test
    void ttl_notGiven_isTheSystems() throws Exception {
        assertEquals(64, request(PacketOptions.DEFAULT, IPV4).packet()[8]);
        assertEquals(64, request(PacketOptions.DEFAULT, IPV6).packet()[7]);
    }

    @Test
    void dscp_isThePackets() throws Exception {
        PacketOptions options = PacketOptions.DEFAULT.withDscp(46);

        assertEquals(46 << 2, request(options, IPV4).packet()[1] & 0xff);
        int first = ByteBuffer.wrap(request(options, IPV6).packet()).getInt();
        assertEquals(46 << 2, first >>> 20 & 0xff);
    }

    @Test
    void payloadBytes_areThePackets() throws Exception {
        PacketOptions least = PacketOptions.DEFAULT.withPayloadBytes(16);
        PacketOptions more = PacketOptions.DEFAULT.withPayloadBytes(1_001);

        assertEquals(20 + 8 + 16, request(least, IPV4).packet().length);
        assertEquals(40 + 8 + 16, request(least, IPV6).packet().length);
        assertEquals(20 + 8 + 1_001, request(more, IPV4).packet().length);
        assertEquals(40 + 8 + 1_001, request(more, IPV6).packet().length);
    }

    @Test
    void payloadBytes_beyondTheMtu_leaveInFragments() throws Exception {
        PacketOptions options = PacketOptions.DEFAULT.withPayloadBytes(MOST_IPV4 + 1);

        assertEquals(Outcome.TIMEOUT, decision(options, IPV4).outcome()); // it reassembles nothing
        assertEquals(MORE_FRAGMENTS, seen.take().packet()[6]);
    }

    @Test
    void payloadBytes_most_comeBackWhole() throws Exception {
        PacketOptions options =
                PacketOptions.DEFAULT.withPayloadBytes(PacketOptions.MOST_PAYLOAD_BYTES);
        try (RunningEngine pings = engine(options)) {
            for (int i = 1; i <= 50; i++) {
                pings.ping("127.0.0." + i);
                pings.ping("::1");
            }
            pings.decideAll();

            assertEquals(100, pings.engine.counters().replies());
            for (Decided d : pings.listener.decided) {
                assertEquals(65_515, d.replyBytes());
            }
        }
    }

    @Test
    void dontFragment_asLargeAsTheMtu_isSentWithTheBit() throws Exception {
        PacketOptions options = PacketOptions.DEFAULT.withDontFragment(true);

        Request ipv4 = request(options.withPayloadBytes(MOST_IPV4), IPV4);
        assertEquals(DONT_FRAGMENT, ipv4.packet()[6]);
        assertEquals(1_500, ipv4.packet().length);
        assertEquals(1_500, request(options.withPayloadBytes(MOST_IPV6), IPV6).packet().length);
    }

    @Test
    void dontFragment_largerThanTheMtu_isSendError() throws Exception {
        PacketOptions options = PacketOptions.DEFAULT.withDontFragment(true);

        Decided ipv4 = decision(options.withPayloadBytes(MOST_IPV4 + 1), IPV4);
        Decided ipv6 = decision(options.withPayloadBytes(MOST_IPV6 + 1), IPV6);

        for (Decided d : List.of(ipv4, ipv6)) {
            assertEquals(Outcome.SEND_ERROR, d.outcome());
            assertEquals("EMSGSIZE", d.cause());
        }
        assertTrue(seen.isEmpty());
    }

    @Test
    void source_addressOfEachFamily_isThePackets() throws Exception {
        PacketOptions options =
                PacketOptions.DEFAULT.withSource(source(SECOND_IPV4 + "," + SECOND_IPV6));

        assertEquals(
                InetAddress.ofLiteral(SECOND_IPV4),
                InetAddress.getByAddress(request(options, IPV4).source()));
        assertEquals(
                InetAddress.ofLiteral(SECOND_IPV6),
                InetAddress.getByAddress(request(options, IPV6).source()));
    }

    @Test
    void source_addressOfOneFamily_sendsNothingOfTheOther() throws Exception {
        PacketOptions options = PacketOptions.DEFAULT.withSource(source(SECOND_IPV4));
        try (RunningEngine pings = engine(options)) {
            Decided ipv6 = pings.decisionOn(IPV6);

            assertEquals(Outcome.SEND_ERROR, ipv6.outcome());
            assertEquals("no IPv6 source address given", ipv6.cause());
            assertEquals(Outcome.REPLY, pings.decisionOn(IPV4).outcome());
            assertTrue(
                    pings.engine
                            .description()
                            .contains(", IPv6 not: no IPv6 source address given;"),
                    pings.engine.description());
        }
    }

    @Test
    void source_interface_isTheOnlyWayOut() throws Exception {
        PacketOptions far = PacketOptions.DEFAULT.withSource(source("far0"));
        PacketOptions loopback = PacketOptions.DEFAULT.withSource(source("lo"));

        request(far, IPV4);
        request(far, IPV6);
        assertEquals(Outcome.REPLY, decision(loopback, "::1").outcome());
        seen.clear();
        // Where the interface has no route, IPv4 takes every host for a neighbour on it.
        assertEquals(Outcome.TIMEOUT, decision(loopback, IPV4).outcome());
        assertEquals(Outcome.SEND_ERROR, decision(loopback, IPV6).outcome());
        assertTrue(seen.isEmpty());
    }
}
