/** The fleet, as far as it has been seen: {@code /clients}. */
@NullMarked
package org.pingrecorder.recorder.clients;

import org.jspecify.annotations.NullMarked;
