package org.pingrecorder.bench.speed;

/** Addresses of 127.0.0.0/8. */
final class Loopback {

    private Loopback() {}

    /** The address of one of up to 16 million hosts; the same for every program. */
    static String address(int host) {
        int number = host + 1;
        return "127.%d.%d.%d".formatted(number >> 16 & 255, number >> 8 & 255, number & 255);
    }
}
