@NullMarked
package org.pingrecorder.icmp.packet;

import org.jspecify.annotations.NullMarked;
