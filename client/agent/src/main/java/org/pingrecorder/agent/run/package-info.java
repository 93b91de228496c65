/** The run command: the parts put together, started, and stopped in reverse. */
@NullMarked
package org.pingrecorder.agent.run;

import org.jspecify.annotations.NullMarked;
