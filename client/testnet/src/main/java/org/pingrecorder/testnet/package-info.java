/**
 * A make-believe network for tests and benches, on Linux as root: a network namespace of our own,
 * and a TUN device in it whose far end answers echo requests by rules. Nothing leaves the machine.
 */
@NullMarked
package org.pingrecorder.testnet;

import org.jspecify.annotations.NullMarked;
