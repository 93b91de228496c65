package org.pingrecorder.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.pingrecorder.agent.batch.BatchIp;
import org.pingrecorder.agent.batch.Gap;
import org.pingrecorder.agent.batch.Running;
import org.pingrecorder.agent.batch.Series;
import org.pingrecorder.agent.batch.SeriesCutter;
import org.pingrecorder.agent.timetable.ManualClock;
import org.pingrecorder.wire.Outcome;

/** A spool in a folder of its own, batches for it, and all that is in it. */
abstract class SpoolFixture {

    static final long T = 1_800_000_000_000_000L;
    static final SpoolLimits USUAL = new SpoolLimits(16 << 20, Duration.ofDays(30), 1 << 20);

    @TempDir Path data = Path.of("");

    final ManualClock clock = new ManualClock();

    final Path folder() {
        return data.resolve("spool");
    }

    final Spool open() throws IOException {
        return open(USUAL);
    }

    final Spool open(SpoolLimits limits) throws IOException {
        return new Spool(folder(), limits, clock);
    }

    /**
     * As many pings as it says, of ips of which half are new, at times that tell it from others.
     */
    static SpoolWriter.Batch batch(int which, int pings) {
        return (encoder, dictionary, number) -> {
            encoder.begin(dictionary, T + which * 1_000_000L);
            for (int i = 0; i < pings; i++) {
                BatchIp ip = new BatchIp("ip" + (which * pings / 2 + i), null, null, 0);
                encoder.add(
                        SeriesCutter.single(
                                ip, T + which * 1_000_000L + i, Outcome.REPLY, 20_000 + i));
            }
            return encoder.end(number, 1, null);
        };
    }

    /** A batch that says that the client began to ping, and when it had not. */
    static SpoolWriter.Batch report(long atMicros) {
        return (encoder, dictionary, number) -> {
            encoder.begin(dictionary, atMicros);
            encoder.add(Gap.ofAll(atMicros - 5, atMicros, Gap.Reason.NOT_RUNNING));
            encoder.add(new Running(new BatchIp("a", null, null, 1_000_000), atMicros));
            return encoder.end(number, 1, null);
        };
    }

    /** What the reader gives, as which batch and number, confirming all of it. */
    static List<String> drain(Spool spool) throws IOException {
        List<String> found = new ArrayList<>();
        SpoolReader reader = spool.reader();
        while (reader.rewind()) {
            SpoolReader.Stored batch = reader.next();
            if (batch == null) {
                reader.skipRest();
                continue;
            }
            int pings = 0;
            for (Series s = batch.decoder().nextSeries();
                    s != null;
                    s = batch.decoder().nextSeries()) {
                pings += s.count();
            }
            long which = (batch.header().sealedMicros() - T) / 1_000_000;
            found.add(which + ":" + batch.header().number() + ":" + pings);
            reader.confirm(batch);
        }
        return found;
    }

    final List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.sorted().toList();
        }
    }
}
