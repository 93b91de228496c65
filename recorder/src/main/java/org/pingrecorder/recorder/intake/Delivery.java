package org.pingrecorder.recorder.intake;

import java.util.List;

/**
 * What one request brought, to be stored whole or not at all.
 *
 * @param ips of the client that sent it
 * @param sender from where
 * @param batches in the order of the request
 */
record Delivery(KnownIps ips, String sender, List<Batch> batches) {

    String client() {
        return ips.client();
    }

    long bytes() {
        return batches.stream().mapToLong(Batch::bytes).sum();
    }
}
