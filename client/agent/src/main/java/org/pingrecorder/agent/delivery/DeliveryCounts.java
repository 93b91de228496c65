package org.pingrecorder.agent.delivery;

/**
 * Where the pings are that were handed to delivery: accepted = delivered + setAside + dropped +
 * queued, at every moment at which no batch is being sealed or settled.
 *
 * @param accepted from the timetable and from earlier runs
 * @param delivered stored by the recorder
 * @param setAside refused by the recorder for good
 * @param dropped for want of room, or because the disk does not give them back
 * @param queued open, in the spool, or under way
 * @param held of those queued, what waits for a file before it to be readable
 */
public record DeliveryCounts(
        long accepted, long delivered, long setAside, long dropped, long queued, long held) {

    /** Pings of which nothing more will be heard. */
    long settled() {
        return delivered + setAside + dropped;
    }
}
