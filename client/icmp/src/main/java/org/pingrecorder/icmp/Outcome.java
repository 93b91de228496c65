package org.pingrecorder.icmp;

/** What became of one ping, as far as the engine can know it. */
public enum Outcome {
    /** The first matching reply came before the timeout. */
    REPLY,
    /** The first matching reply came after the timeout but within the grace time. */
    LATE,
    /** Nothing came within timeout and grace. */
    TIMEOUT,
    /** An ICMP error came back; its type, code and the router that sent it are kept. */
    UNREACHABLE,
    /** This machine refused to send: no route, firewall, no buffer. */
    SEND_ERROR,
    /** The reply was, or may have been, dropped by this machine itself. */
    MISSED
}
