package org.pingrecorder.recorder.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands what is put to one consumer, in order, one call at a time, on a virtual thread that lasts
 * while there is anything; what came meanwhile comes together. Thread-safe.
 */
final class Inbox<T> {

    private final Consumer<List<T>> consumer;
    private List<T> waiting = new ArrayList<>(0);
    private boolean running;

    Inbox(Consumer<List<T>> consumer) {
        this.consumer = consumer;
    }

    synchronized void put(T item) {
        waiting.add(item);
        if (!running) {
            running = true;
            Thread.startVirtualThread(this::drain);
        }
    }

    private void drain() {
        for (List<T> next = next(); !next.isEmpty(); next = next()) {
            boolean returned = false;
            try {
                consumer.accept(next);
                returned = true;
            } finally {
                if (!returned) { // the thread ends with what was thrown; the rest gets another
                    again();
                }
            }
        }
    }

    private synchronized List<T> next() {
        List<T> taken = waiting;
        waiting = new ArrayList<>(0);
        running = !taken.isEmpty();
        return taken;
    }

    private synchronized void again() {
        if (waiting.isEmpty()) {
            running = false;
        } else {
            Thread.startVirtualThread(this::drain);
        }
    }
}
