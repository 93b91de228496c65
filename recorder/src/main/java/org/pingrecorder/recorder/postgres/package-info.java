/** The embedded PostgreSQL: a real server, private to this recorder, in its data folder. */
@NullMarked
package org.pingrecorder.recorder.postgres;

import org.jspecify.annotations.NullMarked;
