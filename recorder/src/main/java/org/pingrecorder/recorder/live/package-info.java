/**
 * The live stream: pings as they are stored, whichever recorder stored them, states as they change,
 * and clients as they come and go. Nothing is read, decoded or kept while nobody listens.
 */
@NullMarked
package org.pingrecorder.recorder.live;

import org.jspecify.annotations.NullMarked;
