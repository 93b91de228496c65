/**
 * The ICMP engine: sends echo requests when its {@link org.pingrecorder.icmp.PingSource} says so
 * and tells its {@link org.pingrecorder.icmp.PingListener} what became of each. No framework and no
 * dependency but the JDK.
 */
@NullMarked
package org.pingrecorder.icmp;

import org.jspecify.annotations.NullMarked;
