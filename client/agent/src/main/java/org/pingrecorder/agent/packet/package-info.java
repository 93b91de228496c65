/** What {@code run} and {@code ping} may be told about the packets they send. */
@NullMarked
package org.pingrecorder.agent.packet;

import org.jspecify.annotations.NullMarked;
