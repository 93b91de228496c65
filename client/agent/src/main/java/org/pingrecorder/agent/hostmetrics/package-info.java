/** What the client's host and the client itself are at: measured every so often, beside pings. */
@NullMarked
package org.pingrecorder.agent.hostmetrics;

import org.jspecify.annotations.NullMarked;
