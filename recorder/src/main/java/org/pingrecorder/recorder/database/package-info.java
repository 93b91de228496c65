/** How the stores reach PostgreSQL. */
@NullMarked
package org.pingrecorder.recorder.database;

import org.jspecify.annotations.NullMarked;
