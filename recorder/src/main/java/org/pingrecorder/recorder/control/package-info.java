/**
 * The control channel {@code /ws}: who is connected to this recorder, and what they are told.
 *
 * <p>A message goes only from the recorder that holds the connection. What another recorder wants a
 * client to be told it writes into rows and announces; each recorder then reads them and tells the
 * clients of its own. So nothing has to be routed, and nothing is lost with a recorder that dies.
 */
@NullMarked
package org.pingrecorder.recorder.control;

import org.jspecify.annotations.NullMarked;
