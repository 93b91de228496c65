package org.pingrecorder.recorder;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import org.pingrecorder.recorder.config.StartFailure;

/** Finds out before anything else is started whether the recorder may listen where it should. */
final class PortCheck {

    private PortCheck() {}

    /**
     * Listens for a moment.
     *
     * @throws StartFailure saying who is in the way, or what is wrong with the address
     */
    static void check(String host, int port) throws StartFailure {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as the server itself does
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new StartFailure(
                    isOurs(host) ? portMessage(host, port, e) : hostMessage(host), e);
        }
    }

    private static boolean isOurs(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            return false; // no such name, or nobody knows its interface
        }
    }

    private static String hostMessage(String host) {
        return "RECORDER_HOST is '"
                + host
                + "', which is no address of this machine; set it to one, or to 127.0.0.1.";
    }

    private static String portMessage(String host, int port, IOException cause) {
        return PortHolder.find(port)
                .map(
                        holder ->
                                "Port %d on %s is taken by process %d%s; stop that one or set"
                                                .formatted(
                                                        port, host, holder.pid(), program(holder))
                                        + " RECORDER_PORT to another port.")
                .orElseGet(
                        () ->
                                "Port %d on %s is taken or not allowed (%s); set RECORDER_PORT to"
                                                .formatted(port, host, cause.getMessage())
                                        + " another port.");
    }

    private static String program(ProcessHandle process) {
        return process.info().command().map(command -> " (" + command + ")").orElse("");
    }
}
