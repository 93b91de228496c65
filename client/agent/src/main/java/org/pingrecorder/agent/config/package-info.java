/**
 * What a person may set, from flags, environment and a YAML file, with every problem told at once.
 */
@NullMarked
package org.pingrecorder.agent.config;

import org.jspecify.annotations.NullMarked;
