package org.pingrecorder.agent.cutoff;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.wire.Address;

/**
 * An address whose silence may mean that this client is cut off.
 *
 * @param address never a host name; null for the default gateway, whichever that is
 */
public record Reference(@Nullable Address address) {

    /** What stands for the default gateway. */
    public static final String GATEWAY = "gateway";

    static final Reference OF_GATEWAY = new Reference(null);

    /** How many there may be. */
    public static final int MOST = 5;

    /**
     * Reads some, separated by commas; nothing is none.
     *
     * @throws IllegalArgumentException with the mend
     */
    public static List<Reference> parseAll(String text) {
        List<Reference> all =
                text.isBlank()
                        ? List.of()
                        : Arrays.stream(text.split(",", -1))
                                .map(String::strip)
                                .map(Reference::parse)
                                .distinct()
                                .toList();
        if (all.size() > MOST) {
            throw new IllegalArgumentException(
                    "%d reference addresses are too many: name %d at most"
                            .formatted(all.size(), MOST));
        }
        return all;
    }

    private static Reference parse(String text) {
        if (text.equals(GATEWAY)) {
            return OF_GATEWAY;
        }
        Address address = Address.parse(text);
        if (address.kind() == Address.Kind.NAME) {
            throw new IllegalArgumentException(
                    ("'%s' is neither an address nor 'gateway': a host name may not resolve just"
                                    + " when it is needed; write its address")
                            .formatted(text));
        }
        return new Reference(address);
    }

    /** Whether it stands for the default gateway. */
    public boolean isGateway() {
        return address == null;
    }

    @Override
    public String toString() {
        return address == null ? GATEWAY : address.text();
    }
}
