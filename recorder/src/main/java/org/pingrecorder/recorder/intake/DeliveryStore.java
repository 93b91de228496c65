package org.pingrecorder.recorder.intake;

import java.sql.SQLException;
import java.util.List;

/** Keeps deliveries. Its caller is one thread. */
interface DeliveryStore {

    /**
     * Stores all of the deliveries or, if it fails, none; they are durable when it returns.
     *
     * @return for each delivery, for each of its batches, whether it was new
     * @throws SQLException what the database said
     */
    List<List<Boolean>> store(List<Delivery> deliveries) throws SQLException;
}
