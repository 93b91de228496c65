@NullMarked
package org.pingrecorder.icmp.command;

import org.jspecify.annotations.NullMarked;
