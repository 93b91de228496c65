/** How the recorders on one database tell each other to read it. */
@NullMarked
package org.pingrecorder.recorder.announce;

import org.jspecify.annotations.NullMarked;
