package org.pingrecorder.recorder.intake;

import org.pingrecorder.recorder.samples.UploadPayload;

/**
 * A row of {@code upload}: pings of one client that were stored together.
 *
 * @param id of the row, which no other has
 * @param payload what {@link UploadPayload} reads
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copies would cost
public record StoredUpload(String client, long id, byte[] payload) {}
