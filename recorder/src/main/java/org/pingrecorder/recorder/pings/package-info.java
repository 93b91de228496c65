/** One ping's way into the database and out of it again. */
@NullMarked
package org.pingrecorder.recorder.pings;

import org.jspecify.annotations.NullMarked;
