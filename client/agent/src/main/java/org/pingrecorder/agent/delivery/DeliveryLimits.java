package org.pingrecorder.agent.delivery;

import java.time.Duration;
import org.pingrecorder.agent.spool.SpoolLimits;

/**
 * How delivery works.
 *
 * @param uploadInterval a batch is sealed, and sent, this often
 * @param spool what may wait for the recorder
 */
public record DeliveryLimits(Duration uploadInterval, SpoolLimits spool) {}
