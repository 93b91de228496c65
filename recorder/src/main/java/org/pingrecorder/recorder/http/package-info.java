/**
 * What all calls share: who may call, how bodies are read, how faults and long answers are written.
 */
@NullMarked
package org.pingrecorder.recorder.http;

import org.jspecify.annotations.NullMarked;
