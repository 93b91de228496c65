/** The ping command: pings without a recorder. */
@NullMarked
package org.pingrecorder.agent.ping;

import org.jspecify.annotations.NullMarked;
