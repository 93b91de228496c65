/** How the recorder is set up, and how it says what is wrong with that. */
@NullMarked
package org.pingrecorder.recorder.config;

import org.jspecify.annotations.NullMarked;
