/** What this client pings: arguments and targets file, and the addresses behind host names. */
@NullMarked
package org.pingrecorder.agent.targets;

import org.jspecify.annotations.NullMarked;
