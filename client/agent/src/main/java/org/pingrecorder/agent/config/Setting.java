package org.pingrecorder.agent.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One thing that can be set, and its three spellings: flag, environment variable, YAML key. */
public enum Setting {
    RECORDER("CLIENT_RECORDER"),
    CLIENT("CLIENT_NAME"),
    INTERVAL("CLIENT_INTERVAL"),
    TIMEOUT("CLIENT_TIMEOUT"),
    GRACE("CLIENT_GRACE"),
    FAMILIES("CLIENT_FAMILIES"),
    RESOLVE_EVERY("CLIENT_RESOLVE_EVERY"),
    TARGETS("CLIENT_TARGETS"),
    DATA("CLIENT_DATA"),
    UPLOAD_INTERVAL("CLIENT_UPLOAD_INTERVAL"),
    SPOOL_LIMIT("CLIENT_SPOOL_LIMIT"),
    SPOOL_AGE("CLIENT_SPOOL_AGE"),
    MAX_RATE("CLIENT_MAX_RATE"),
    METRICS_INTERVAL("CLIENT_METRICS_INTERVAL"),
    METRICS_FILE("CLIENT_METRICS_FILE"),
    METRICS_COMMAND("CLIENT_METRICS_COMMAND"),
    CUT_OFF_CHECK("CLIENT_CUT_OFF_CHECK"),
    SIZE("CLIENT_SIZE"),
    TTL("CLIENT_TTL"),
    DSCP("CLIENT_DSCP"),
    DONT_FRAGMENT("CLIENT_DONT_FRAGMENT"),
    SOURCE("CLIENT_SOURCE"),
    ICMP("CLIENT_ICMP");

    private final String env;

    Setting(String env) {
        this.env = env;
    }

    String env() {
        return env;
    }

    /** As it is written in {@code client.yml}. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String flag() {
        return "--" + key();
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values()).filter(s -> s.key().equals(key)).findFirst();
    }

    static String keys() {
        return Arrays.stream(values()).map(Setting::key).collect(Collectors.joining(", "));
    }
}
