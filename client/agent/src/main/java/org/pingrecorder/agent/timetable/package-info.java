/** When each ip is pinged, and what became of each slot. Knows no network and no recorder. */
@NullMarked
package org.pingrecorder.agent.timetable;

import org.jspecify.annotations.NullMarked;
