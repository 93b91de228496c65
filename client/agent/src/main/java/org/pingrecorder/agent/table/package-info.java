/** Tables on a terminal. */
@NullMarked
package org.pingrecorder.agent.table;

import org.jspecify.annotations.NullMarked;
