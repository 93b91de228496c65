@NullMarked
package org.pingrecorder.icmp;

import org.jspecify.annotations.NullMarked;
