/** ICMP messages as bytes: encoding, decoding and checksums; no sockets and no state. */
@NullMarked
package org.pingrecorder.icmp.packet;

import org.jspecify.annotations.NullMarked;
