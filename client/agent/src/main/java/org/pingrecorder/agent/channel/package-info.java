/** The control channel to the recorder: who this client is, what it is ordered, how it does. */
@NullMarked
package org.pingrecorder.agent.channel;

import org.jspecify.annotations.NullMarked;
