/** What this program says while it runs. */
@NullMarked
package org.pingrecorder.agent.log;

import org.jspecify.annotations.NullMarked;
