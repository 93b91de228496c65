package org.pingrecorder.recorder.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micronaut.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pingrecorder.recorder.http.Fault;

class ReadingRoomTest {

    private final ReadingRoom room = new ReadingRoom(Duration.ZERO);

    @Test
    void body_thatFindsNoRoom_is429AndWhatIsReadMakesRoom() throws IOException {
        byte[] packed = Deliveries.gzip(" ".repeat(ReadingRoom.MEGABYTES << 20));
        try (InputStream longest = BatchBody.of(packed, room)) {
            assertEquals(
                    ReadingRoom.MEGABYTES << 20,
                    longest.transferTo(OutputStream.nullOutputStream()));
            InputStream other = BatchBody.of(new byte[] {' '}, room);
            Fault fault = assertThrows(Fault.class, other::readAllBytes);
            assertEquals(HttpStatus.TOO_MANY_REQUESTS, fault.status());
            other.close();
        }
        try (InputStream next = BatchBody.of(packed, room)) {
            assertEquals(
                    ReadingRoom.MEGABYTES << 20, next.transferTo(OutputStream.nullOutputStream()));
        }
    }
}
