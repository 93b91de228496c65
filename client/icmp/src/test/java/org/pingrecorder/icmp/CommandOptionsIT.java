package org.pingrecorder.icmp;

import org.pingrecorder.icmp.IcmpSupport.Kind;

/** What each option does when the system's ping program pings. */
class CommandOptionsIT extends PacketOptionsContract {

    CommandOptionsIT() {
        super(Kind.COMMAND);
    }
}
