/** Results on their way to the recorder: the queue, the posts, and what is kept over a restart. */
@NullMarked
package org.pingrecorder.agent.delivery;

import org.jspecify.annotations.NullMarked;
