package org.pingrecorder.e2e.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What goes wrong, and how it ends. */
enum Fault {
    RECORDER_KILLED("kill -9 of the recorder") {
        @Override
        void strike(Site site, Random random) throws Exception {
            site.killRecorder();
            pause(random, 500);
            site.startRecorder();
        }
    },
    POSTGRES_KILLED("kill -9 of PostgreSQL") {
        @Override
        void strike(Site site, Random random) throws Exception {
            ProcessHandle postgres = site.postgres();
            postgres.destroyForcibly();
            postgres.onExit().join();
        }
    },
    CLIENT_KILLED("kill -9 of the client") {
        @Override
        void strike(Site site, Random random) throws Exception {
            site.client().kill();
            pause(random, 500);
            site.client().start();
        }
    },
    NETWORK_CUT("network cut") {
        @Override
        void strike(Site site, Random random) throws Exception {
            site.network(false);
            pause(random, 2_000);
            site.network(true);
        }
    },
    ANSWERS_500("recorder answers 500") {
        @Override
        void strike(Site site, Random random) throws Exception {
            harm(site, FaultyProxy.Mode.ANSWER_500, random);
        }
    },
    ANSWERS_429("recorder answers 429") {
        @Override
        void strike(Site site, Random random) throws Exception {
            harm(site, FaultyProxy.Mode.ANSWER_429, random);
        }
    },
    HANGS("recorder hangs") {
        @Override
        void strike(Site site, Random random) throws Exception {
            harm(site, FaultyProxy.Mode.HANG, random);
        }
    },
    CUT_AFTER_STORING("cut after storing, before the answer") {
        @Override
        void strike(Site site, Random random) throws Exception {
            long before = site.proxy().repeated();
            harm(site, FaultyProxy.Mode.CUT_AFTER_STORE, random);
            // Both clients may have been waiting to try again meanwhile, but not for long.
            await().atMost(Duration.ofSeconds(30)).until(() -> site.proxy().repeated() > before);
        }
    },
    DISK_FULL("client's disk full") {
        @Override
        void strike(Site site, Random random) throws Exception {
            site.fillDisk();
            pause(random, 2_000);
            site.emptyDisk();
        }
    },
    DISK_FULL_AND_CUT("client's disk full, network cut") {
        @Override
        void strike(Site site, Random random) throws Exception {
            site.network(false);
            site.fillDisk();
            pause(random, 2_000);
            site.emptyDisk();
            site.network(true);
        }
    },
    CLOCK_STEPPED("client's clock stepped by ±1 h") {
        @Override
        void strike(Site site, Random random) throws Exception {
            site.clockClient().stepClock(Duration.ofHours(random.nextBoolean() ? 1 : -1));
            pause(random, 2_000);
            site.clockClient().stepClock(Duration.ZERO);
        }
    };

    final String text;

    Fault(String text) {
        this.text = text;
    }

    /** Lets it happen; when this returns, nothing is in the way any more. */
    abstract void strike(Site site, Random random) throws Exception;

    private static void harm(Site site, FaultyProxy.Mode mode, Random random) throws Exception {
        long before = site.proxy().harmed();
        site.proxy().mode(mode);
        await().atMost(Duration.ofSeconds(30)).until(() -> site.proxy().harmed() > before);
        pause(random, 1_000);
        site.proxy().mode(FaultyProxy.Mode.PASS);
    }

    /** A random moment, which is the point of it. */
    static void pause(Random random, int mostMillis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(mostMillis));
    }
}
