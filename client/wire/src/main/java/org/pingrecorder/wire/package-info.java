/** The words both ends share: what travels between clients and recorder, and how it is written. */
@NullMarked
package org.pingrecorder.wire;

import org.jspecify.annotations.NullMarked;
