/** Whether this client is cut off from its network: reference addresses, and what they tell. */
@NullMarked
package org.pingrecorder.agent.cutoff;

import org.jspecify.annotations.NullMarked;
