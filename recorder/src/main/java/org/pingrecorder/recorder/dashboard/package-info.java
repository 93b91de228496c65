/** Serves the dashboard, a page that reads the public API, and the files that it loads. */
@NullMarked
package org.pingrecorder.recorder.dashboard;

import org.jspecify.annotations.NullMarked;
