/** The first page. */
@NullMarked
package org.pingrecorder.recorder.home;

import org.jspecify.annotations.NullMarked;
