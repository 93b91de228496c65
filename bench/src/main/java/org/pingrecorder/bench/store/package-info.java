/** What taking in, packing, keeping and reading pings costs. */
@NullMarked
package org.pingrecorder.bench.store;

import org.jspecify.annotations.NullMarked;
