package org.pingrecorder.icmp;

/** This process may not send ICMP echo requests; the message says why and how to mend it. */
public class IcmpUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public IcmpUnavailableException(String message) {
        super(message);
    }
}
