/**
 * Moves uploads into fresh rows, hours of those into blocks, and drops what is kept no longer; one
 * recorder of many at a time.
 */
@NullMarked
package org.pingrecorder.recorder.packing;

import org.jspecify.annotations.NullMarked;
