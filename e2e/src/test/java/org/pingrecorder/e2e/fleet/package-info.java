/** A fleet of clients in networks of their own, two recorders and one database, as a story. */
@NullMarked
package org.pingrecorder.e2e.fleet;

import org.jspecify.annotations.NullMarked;
