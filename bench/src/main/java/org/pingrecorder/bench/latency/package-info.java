/** How far measured latencies are from delays that are known. */
@NullMarked
package org.pingrecorder.bench.latency;

import org.jspecify.annotations.NullMarked;
