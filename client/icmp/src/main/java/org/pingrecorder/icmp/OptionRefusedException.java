package org.pingrecorder.icmp;

/**
 * This machine does not take one of the {@link EngineConfig}'s options; the message names the
 * option, its value, the reason and what to change.
 */
public final class OptionRefusedException extends IcmpUnavailableException {

    private static final long serialVersionUID = 1L;

    public OptionRefusedException(String message) {
        super(message);
    }
}
