/** What reaches history when things die, against what the make-believe network saw sent. */
@NullMarked
package org.pingrecorder.e2e.faults;

import org.jspecify.annotations.NullMarked;
