package org.pingrecorder.agent.recorder;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The HTTP proxy on the way to a recorder, as the environment has it: {@code HTTP_PROXY} or {@code
 * HTTPS_PROXY} by the recorder's scheme, unless {@code NO_PROXY} names its host. Lower case wins
 * over upper case. A recorder on loopback is always reached directly.
 *
 * @param host the proxy's
 * @param port the proxy's
 * @param user for the proxy, or empty
 * @param password for the proxy, or empty
 */
public record ProxyChoice(String host, int port, String user, String password) {

    private static final int DEFAULT_PORT = 80;

    /**
     * Chooses.
     *
     * @throws IllegalArgumentException with a message that says what to write, if the variable
     *     holds no proxy's address
     */
    public static Optional<ProxyChoice> of(URI recorder, Map<String, String> env) {
        String variable = recorder.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
        String given = variable(env, variable);
        if (given.isEmpty() || new NoProxy(variable(env, "no_proxy")).covers(recorder)) {
            return Optional.empty();
        }
        return Optional.of(parse(variable.toUpperCase(Locale.ROOT), given));
    }

    private static String variable(Map<String, String> env, String lower) {
        String value = env.getOrDefault(lower, "");
        return value.isEmpty() ? env.getOrDefault(lower.toUpperCase(Locale.ROOT), "") : value;
    }

    private static ProxyChoice parse(String variable, String given) {
        try {
            URI uri = new URI(given.contains("://") ? given : "http://" + given);
            if (uri.getHost() != null && "http".equalsIgnoreCase(uri.getScheme())) {
                int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
                String userInfo = uri.getUserInfo() == null ? "" : uri.getUserInfo();
                int colon = userInfo.indexOf(':');
                return new ProxyChoice(
                        NoProxy.withoutBrackets(uri.getHost()),
                        port,
                        colon < 0 ? userInfo : userInfo.substring(0, colon),
                        colon < 0 ? "" : userInfo.substring(colon + 1));
            }
        } catch (URISyntaxException e) {
            // Neither the value nor the cause is passed on: they may hold a password.
            throw notProxy(variable);
        }
        throw notProxy(variable);
    }

    private static IllegalArgumentException notProxy(String variable) {
        return new IllegalArgumentException(
                variable
                        + ": is not the address of an HTTP proxy: write it such as"
                        + " http://proxy.example.net:3128");
    }
}
