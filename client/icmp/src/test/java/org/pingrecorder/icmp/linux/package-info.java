@NullMarked
package org.pingrecorder.icmp.linux;

import org.jspecify.annotations.NullMarked;
