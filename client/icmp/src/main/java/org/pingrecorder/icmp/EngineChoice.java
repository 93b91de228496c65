package org.pingrecorder.icmp;

import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.icmp.linux.LinuxSockets;

/**
 * Chooses how to ping on this machine. Where sockets of our own are possible, the ping program is
 * used only if it is asked for: a missing permission is to be mended, not worked around slowly.
 */
final class EngineChoice {

    private EngineChoice() {}

    static IcmpEngine open(
            EngineConfig config, Clock clock, PingSource source, PingListener listener)
            throws IcmpUnavailableException {
        boolean sockets = LinuxSockets.isSupported();
        Kind kind = config.kind();
        if (kind == Kind.COMMAND || (kind == null && !sockets)) {
            return CommandChoice.open(config, clock, source, listener);
        }
        if (!sockets) {
            throw new IcmpUnavailableException(
                    "There are sockets of our own on 64-bit Linux (x86-64 and AArch64) only, and this is %s on %s. To mend it: use the kind command."
                            .formatted(
                                    System.getProperty("os.name"), System.getProperty("os.arch")));
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
        return LinuxSockets.isSupported() ? IcmpSockets.probe() : CommandChoice.probe();
    }
}
