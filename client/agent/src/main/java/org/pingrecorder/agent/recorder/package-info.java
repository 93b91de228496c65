/** The recorder's REST calls, as this client uses them. */
@NullMarked
package org.pingrecorder.agent.recorder;

import org.jspecify.annotations.NullMarked;
