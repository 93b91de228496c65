/** The status command: what the recorder holds, read back. */
@NullMarked
package org.pingrecorder.agent.status;

import org.jspecify.annotations.NullMarked;
