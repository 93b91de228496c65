/**
 * One-off pings by order: {@code POST /ping-task}.
 *
 * <p>Results come from clients that are connected here, from this recorder itself, or, for clients
 * of other recorders on the database, through rows: the asked recorder writes what is wanted, the
 * one that holds the client's connection writes what came of it, and each announces to the other.
 * Nothing of it is kept.
 */
@NullMarked
package org.pingrecorder.recorder.tasks;

import org.jspecify.annotations.NullMarked;
