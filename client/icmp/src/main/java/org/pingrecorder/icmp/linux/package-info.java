/**
 * ICMP sockets on 64-bit Linux over the Foreign Function and Memory API; the only package with
 * native calls. Every call returns its result, or the negative errno.
 */
@NullMarked
package org.pingrecorder.icmp.linux;

import org.jspecify.annotations.NullMarked;
