package org.pingrecorder.icmp;

import org.pingrecorder.icmp.linux.LinuxSockets;

/** Chooses how to ping on this machine. */
final class EngineChoice {

    private EngineChoice() {}

    static IcmpEngine open(
            EngineConfig config, Clock clock, PingSource source, PingListener listener)
            throws IcmpUnavailableException {
        if (!LinuxSockets.isSupported()) {
            throw new IcmpUnavailableException(unsupported());
        }
        IcmpSockets.Opened opened = IcmpSockets.open(config);
        return new SocketEngine(
                config,
                clock,
                opened.network(),
                source,
                listener,
                PingTokens.withRandomSecret(),
                opened.description());
    }

    static IcmpSupport probe() {
        return IcmpSockets.probe();
    }

    private static String unsupported() {
        return ("ICMP works on 64-bit Linux (x86-64 and AArch64) only so far, and this is %s on"
                        + " %s.")
                .formatted(System.getProperty("os.name"), System.getProperty("os.arch"));
    }
}
