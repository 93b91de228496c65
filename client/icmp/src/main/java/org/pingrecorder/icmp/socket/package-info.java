/**
 * What the engine needs of an operating system: sockets that send and receive whole batches, and
 * one wait over all of them. The engine knows these interfaces only, so that it runs against a fake
 * network and a manual clock as well.
 */
@NullMarked
package org.pingrecorder.icmp.socket;

import org.jspecify.annotations.NullMarked;
