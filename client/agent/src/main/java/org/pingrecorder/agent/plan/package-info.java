/** The plan that the recorder sets for this client: read, bounded, kept on disk, followed. */
@NullMarked
package org.pingrecorder.agent.plan;

import org.jspecify.annotations.NullMarked;
