package org.pingrecorder.recorder.announce;

import java.util.Collection;
import java.util.Set;

/**
 * Tells all recorders on one database that rows changed, so that they read them. An announcement is
 * a hint: it may come twice, and where one was lost, listeners are told that anything may have
 * changed. Thread-safe.
 */
public interface Announcements {

    /**
     * Tells the listeners of a topic at all recorders, this one's too, soon: what is announced
     * within 50 ms goes out together. Returns at once and never fails; call it after the commit,
     * never in a transaction.
     *
     * @param topic a short word
     * @param keys of what changed, such as names of clients, without line breaks; nothing is
     *     announced if there are none
     */
    void announce(String topic, Collection<String> keys);

    /** Hears what is announced on a topic from now on, until the subscription is closed. */
    Subscription listen(String topic, Listener listener);

    /**
     * Hears announcements, one call at a time. Must return soon: all listeners share a thread. What
     * it throws is logged.
     */
    interface Listener {

        /** These changed. */
        void announced(Set<String> keys);

        /**
         * Announcements may have been lost, or were too many to name: read all that is of interest,
         * as if it had changed.
         */
        void anythingMayHaveChanged();
    }

    /** A listener's place; idempotent. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
