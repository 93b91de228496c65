/** The check command: which ICMP sockets work here. */
@NullMarked
package org.pingrecorder.agent.check;

import org.jspecify.annotations.NullMarked;
