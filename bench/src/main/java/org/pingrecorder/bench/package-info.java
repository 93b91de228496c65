/** Programs that measure; each prints a table and quotes ratios to a peer of the same run. */
@NullMarked
package org.pingrecorder.bench;

import org.jspecify.annotations.NullMarked;
