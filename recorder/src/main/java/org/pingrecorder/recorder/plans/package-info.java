/**
 * What clients are to ping: plans of single clients and of tags, and what those that concern a
 * client come to together.
 *
 * <p>Every change takes one lock first: changes are rare, and what a change of one plan means for a
 * client depends on its other plans and on its tags.
 */
@NullMarked
package org.pingrecorder.recorder.plans;

import org.jspecify.annotations.NullMarked;
