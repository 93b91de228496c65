/** Benchmarks of a fleet of simulated clients. */
@NullMarked
package org.pingrecorder.bench.fleet;

import org.jspecify.annotations.NullMarked;
