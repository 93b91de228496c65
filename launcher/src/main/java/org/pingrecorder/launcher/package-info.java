/** The first class of each jar, which every Java can read. */
@NullMarked
package org.pingrecorder.launcher;

import org.jspecify.annotations.NullMarked;
