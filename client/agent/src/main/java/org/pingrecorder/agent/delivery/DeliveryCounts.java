package org.pingrecorder.agent.delivery;

/**
 * Where the pings are that were handed to delivery: accepted = delivered + setAside + dropped +
 * queued, at every moment without a post in between.
 *
 * @param accepted from the timetable and from the last run
 * @param delivered stored by the recorder
 * @param setAside refused by the recorder for good
 * @param dropped for want of room
 * @param queued waiting or under way
 */
public record DeliveryCounts(
        long accepted, long delivered, long setAside, long dropped, long queued) {}
