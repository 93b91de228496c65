/** A batch: many ips, several consecutive pings each; as rows, as bytes on disk, and as JSON. */
@NullMarked
package org.pingrecorder.agent.batch;

import org.jspecify.annotations.NullMarked;
