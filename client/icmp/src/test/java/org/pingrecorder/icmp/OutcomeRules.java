package org.pingrecorder.icmp;

import static java.time.Duration.ofMillis;
import static org.pingrecorder.testnet.Behaviour.error;
import static org.pingrecorder.testnet.Behaviour.reply;
import static org.pingrecorder.testnet.Behaviour.silence;
import static org.pingrecorder.testnet.Behaviour.tooBig;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.testnet.Behaviour;
import org.pingrecorder.testnet.Jitter;
import org.pingrecorder.testnet.PrefixCounts;
import org.pingrecorder.testnet.RateLimit;
import org.pingrecorder.testnet.Schedule;
import org.pingrecorder.testnet.WrongReply;

/** The lines of the table of outcomes: what hosts do, and what must become of the pings to them. */
final class OutcomeRules {

    static final Duration TIMEOUT = Duration.ofSeconds(2);
    static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration SOON = ofMillis(60);
    private static final Duration LATE = ofMillis(2_400);
    private static final Duration TOO_LATE = ofMillis(3_300);

    private final List<OutcomeRule> rules = new ArrayList<>();
    private final boolean ipv6;
    private final String router;
    private final String stranger;

    private OutcomeRules(boolean ipv6) {
        this.ipv6 = ipv6;
        this.router = ipv6 ? "fd00:9::9" : "10.9.9.9";
        this.stranger = ipv6 ? "fd00:8::8" : "10.8.8.8";
    }

    private void add(String name, Behaviour behaviour, Function<PrefixCounts, Tally> expected) {
        add(name, behaviour, expected, "");
    }

    private void add(
            String name,
            @Nullable Behaviour behaviour,
            Function<PrefixCounts, Tally> expected,
            String reason) {
        int number = 64 + rules.size();
        String ipv6Prefix = behaviour == null ? "2001:db8:" : "fd00:";
        String ipv4Prefix = behaviour == null ? "198." : "10.";
        rules.add(
                new OutcomeRule(
                        name + (ipv6 ? ", IPv6" : ""),
                        ipv6 ? ipv6Prefix + number + "::" : ipv4Prefix + number + ".0.",
                        behaviour,
                        expected,
                        reason));
    }

    /** The errors that end a ping, of this family's types and codes. */
    private void unreachable(String name, int type, int code, int quotedBytes) {
        add(
                name,
                error(type, code, router, quotedBytes).after(SOON),
                Tally::replies,
                type + "/" + code + " from " + router);
    }

    /**
     * All rules of both families.
     *
     * @param startNanos when the pings begin
     */
    static List<OutcomeRule> all(Kind kind, long startNanos) {
        List<OutcomeRule> rules = new ArrayList<>(of(kind, false, startNanos).rules);
        rules.addAll(of(kind, true, startNanos).rules);
        return rules;
    }

    private static OutcomeRules of(Kind kind, boolean ipv6, long startNanos) {
        OutcomeRules t = new OutcomeRules(ipv6);
        Behaviour soon = reply().after(SOON);
        t.add("reply after 60 ms", soon, Tally::replies);
        t.add("uniform jitter", soon.with(Jitter.uniform(ofMillis(50), 1)), Tally::replies);
        t.add("normal jitter", soon.with(Jitter.normal(ofMillis(20), 2)), Tally::replies);
        t.add("30 % lost", soon.lossy(0.3, 3), Tally::replies);
        t.add("20 % reordered", soon.reordered(0.2, ofMillis(40), 4), Tally::replies);
        t.add("20 % three times", soon.sometimes(0.2, 5, soon.copies(3)), Tally::replies);
        t.add("silent", silence(), Tally::replies);
        t.add("an outage", soon.during(outage(startNanos), silence()), Tally::replies);
        t.add("rate limit", soon.limited(new RateLimit(60, 40)), Tally::replies);
        t.add("late", reply().after(LATE), Tally::late);
        t.add("late, twice", reply().after(LATE).copies(2), Tally::late);
        t.add("after the grace time", reply().after(TOO_LATE), Tally::expired);
        t.add(
                "again after the grace time",
                soon.and(reply().after(TOO_LATE)),
                Tally::repliesThenExpired);
        t.add("wrong sequence", WrongReply.sequence().after(SOON), Tally::replies);
        t.add("wrong token", WrongReply.token().after(SOON), Tally::replies);
        t.add("wrong payload", WrongReply.payload().after(SOON), Tally::replies);
        t.add("wrong, then right", WrongReply.payload().and(soon), Tally::replies);
        t.add("longer", WrongReply.longer(700).after(SOON), Tally::replies);
        t.add("truncated to the header", WrongReply.truncated(8).after(SOON), Tally::replies);
        t.add("truncated by a byte", WrongReply.truncated(63).after(SOON), Tally::replies);
        if (!ipv6) {
            // A raw socket gets what the kernel has not checked yet.
            boolean unchecked = kind == Kind.RAW;
            t.add("wrong checksum", WrongReply.checksum(), c -> Tally.badChecksums(c, unchecked));
        } else if (kind == Kind.DATAGRAM) {
            // A raw socket would count it among the messages that its full buffer dropped.
            t.add("wrong checksum", WrongReply.checksum(), c -> Tally.badChecksums(c, false));
        }
        t.add("another host answers", WrongReply.from(t.stranger).after(SOON), Tally::replies);
        t.add(
                "all at once",
                soon.with(Jitter.uniform(ofMillis(20), 6))
                        .reordered(0.1, ofMillis(30), 7)
                        .and(WrongReply.token().lossy(0.5, 8))
                        .sometimes(0.1, 9, soon.copies(2).and(WrongReply.longer(1)))
                        .lossy(0.2, 10)
                        .sometimes(0.1, 11, error(ipv6 ? 1 : 3, 3, t.router)),
                Tally::replies,
                (ipv6 ? "1/3" : "3/3") + " from " + t.router);
        t.add("no route", null, Tally::replies, "");
        addErrors(t, soon);
        return t;
    }

    private static void addErrors(OutcomeRules t, Behaviour soon) {
        if (t.ipv6) {
            t.unreachable("no route beyond", 1, 0, 8);
            t.unreachable("prohibited", 1, 1, 64);
            t.unreachable("host unreachable", 1, 3, 8);
            t.unreachable("hop limit, full quote", 3, 0, 64);
            t.unreachable("bad parameter", 4, 1, 64);
            t.add("too big", tooBig(1280, t.router), Tally::replies, "2/0 from " + t.router);
        } else {
            t.unreachable("net unreachable", 3, 0, 8);
            t.unreachable("host unreachable", 3, 1, 8);
            t.unreachable("prohibited", 3, 13, 64);
            t.unreachable("TTL exceeded, full quote", 11, 0, 64);
            t.unreachable("bad parameter", 12, 0, 64);
            t.add("too big", tooBig(1280, t.router), Tally::replies, "3/4 from " + t.router);
            Behaviour redirect = error(5, 1, t.router).and(error(4, 0, t.router));
            t.add("redirect and quench, reply", redirect.and(soon), Tally::repliesDespiteErrors);
        }
        int unreachable = t.ipv6 ? 1 : 3;
        t.add(
                "unreachable, then reply",
                // So much later that a starved engine too reads one before the other.
                error(unreachable, 1, t.router).and(Behaviour.reply().after(ofMillis(1_500))),
                Tally::errorsThenReplies,
                unreachable + "/1 from " + t.router);
        t.add(
                "reply, then unreachable",
                soon.and(error(unreachable, 1, t.router).after(ofMillis(1_500))),
                Tally::repliesDespiteErrors);
    }

    private static Schedule outage(long startNanos) {
        return Schedule.startingAt(startNanos).with(ofMillis(500), ofMillis(1_800));
    }
}
