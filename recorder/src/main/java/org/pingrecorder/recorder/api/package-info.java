/** The description of the HTTP API: {@code /openapi} and {@code /swagger-ui}. */
@NullMarked
package org.pingrecorder.recorder.api;

import org.jspecify.annotations.NullMarked;
