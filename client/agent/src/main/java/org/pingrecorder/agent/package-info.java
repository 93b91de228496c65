/** The runnable client: its main class and nothing else. */
@NullMarked
package org.pingrecorder.agent;

import org.jspecify.annotations.NullMarked;
