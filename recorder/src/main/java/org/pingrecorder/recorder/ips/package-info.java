/** The registry of what has history: {@code /ips}. */
@NullMarked
package org.pingrecorder.recorder.ips;

import org.jspecify.annotations.NullMarked;
