package org.pingrecorder.agent.hostmetrics;

/** Where values come from. For one thread. */
@FunctionalInterface
public interface Source {

    /** Adds what can be measured now; what cannot is left out. */
    void read(Values into);
}
