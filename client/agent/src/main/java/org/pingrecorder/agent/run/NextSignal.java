package org.pingrecorder.agent.run;

import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people do who do not want to wait: Ctrl-C or SIGTERM once more. The JVM passes over these
 * while it runs its shutdown hooks.
 */
final class NextSignal {

    private static final Logger LOG = LoggerFactory.getLogger(NextSignal.class);

    private NextSignal() {}

    /** Interrupts a thread at every signal from now on that asks this process to end. */
    static void interrupts(Thread thread) {
        try {
            // By reflection: javac warns of this class, which has no other way in, and of that
            // warning nothing can be told.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object interrupting =
                    Proxy.newProxyInstance(
                            NextSignal.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (_, _, _) -> {
                                thread.interrupt();
                                return null;
                            });
            for (String name : List.of("INT", "TERM")) {
                signal.getMethod("handle", signal, handler)
                        .invoke(
                                null,
                                signal.getConstructor(String.class).newInstance(name),
                                interrupting);
            }
        } catch (ReflectiveOperationException e) {
            LOG.debug("a second signal is passed over here", e);
        }
    }
}
