/** The dashboard in a real browser, on a real recorder. */
@NullMarked
package org.pingrecorder.e2e.dashboard;

import org.jspecify.annotations.NullMarked;
