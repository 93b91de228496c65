package org.pingrecorder.agent.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutageTest {

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Outage.class);
    private final Outage outage = new Outage();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
    }

    private List<String> told() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void tellIfOver_someHeldBack_waitsForTheOthersOnly() {
        outage.ended(Duration.ofSeconds(90), new DeliveryCounts(30, 10, 0, 0, 20, 5));
        outage.tellIfOver(new DeliveryCounts(40, 24, 0, 0, 16, 5));
        assertEquals(List.of(), told());

        outage.tellIfOver(new DeliveryCounts(40, 24, 0, 1, 15, 5));
        outage.tellIfOver(new DeliveryCounts(40, 35, 0, 0, 5, 5));
        assertEquals(
                List.of(
                        "the recorder is back: it was away for 90 s, 15 pings were delivered late,"
                                + " and 1 dropped for want of room"),
                told());
    }
}
