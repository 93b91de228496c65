/** Sealed batches on disk until the recorder has them: bounded, in order, never trusted. */
@NullMarked
package org.pingrecorder.agent.spool;

import org.jspecify.annotations.NullMarked;
