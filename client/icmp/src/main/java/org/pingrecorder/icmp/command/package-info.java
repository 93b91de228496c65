/**
 * The {@code ping} programs of operating systems as pure text: how each is called for one ping, and
 * what its output says; no processes and no state.
 */
@NullMarked
package org.pingrecorder.icmp.command;

import org.jspecify.annotations.NullMarked;
