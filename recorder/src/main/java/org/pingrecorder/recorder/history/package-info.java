/** What was stored, read: pings, buckets of them, states, outages, and what is missing. */
@NullMarked
package org.pingrecorder.recorder.history;

import org.jspecify.annotations.NullMarked;
