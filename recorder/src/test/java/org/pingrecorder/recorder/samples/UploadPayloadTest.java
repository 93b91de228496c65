package org.pingrecorder.recorder.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class UploadPayloadTest {

    @Property(tries = 500)
    void read_whatWasAdded_isTheSameInItsOrder(
            @ForAll @Size(max = 20) List<Long> ids, @ForAll @Size(max = 300) byte[] samples) {
        UploadPayload payload = new UploadPayload();
        ids.forEach(id -> payload.add(id, samples));

        List<Long> wanted = ids.stream().filter(id -> id % 2 == 0).toList();
        List<Long> read = new ArrayList<>();
        UploadPayload.read(
                payload.toBytes(),
                id -> id % 2 == 0,
                (id, bytes, start, length) -> {
                    read.add(id);
                    assertArrayEquals(samples, Arrays.copyOfRange(bytes, start, start + length));
                });
        assertEquals(wanted, read);
    }

    @Property(tries = 2_000)
    void read_randomBytes_isRefusedOrStaysWithinThem(@ForAll @Size(max = 100) byte[] bytes) {
        try {
            UploadPayload.read(
                    bytes,
                    id -> true,
                    (id, payload, start, length) ->
                            assertEquals(
                                    length,
                                    Arrays.copyOfRange(payload, start, start + length).length));
        } catch (IllegalArgumentException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isBlank());
        }
    }
}
