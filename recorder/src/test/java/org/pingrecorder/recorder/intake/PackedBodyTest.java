package org.pingrecorder.recorder.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.serde.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PackedBodyTest {

    private static final int LONGEST = BodyRoom.LONGEST_BODY_MEGABYTES << 20;
    private static final long ALL = (long) BodyRoom.MEGABYTES << 20;

    private final BodyRoom room;
    private final PackedBody body;
    private final EmbeddedChannel channel;

    PackedBodyTest() throws IOException {
        room = new BodyRoom(ObjectMapper.getDefault());
        body = new PackedBody(room);
        channel = new EmbeddedChannel(body);
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    private void begin(String path, long length) {
        DefaultHttpRequest request =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, path);
        if (length >= 0) {
            request.headers().set("Content-Length", length);
        } else {
            request.headers().set("Transfer-Encoding", "chunked");
        }
        channel.writeInbound(request);
    }

    private void sendLast(int bytes) {
        channel.writeInbound(new DefaultLastHttpContent(Unpooled.buffer().writeZero(bytes)));
    }

    /** Whether so much is free, and not a byte more. */
    private void assertFree(long bytes) {
        assertFalse(room.take(bytes + 1), "more than " + bytes + " is free");
        assertTrue(room.take(bytes), "less than " + bytes + " is free");
        room.giveBack(bytes);
    }

    @Test
    void announcedBody_takesItsRoomAtOnce_whateverItsPath() {
        begin("/ips", LONGEST);
        assertFree(ALL - LONGEST);
    }

    @Test
    void chunkedBody_takesRoomAsItComes() {
        begin("/record-pings/c", -1);
        assertFree(ALL);
        channel.writeInbound(new DefaultHttpContent(Unpooled.buffer().writeZero(1_000)));
        assertFree(ALL - 1_000);
    }

    @Test
    void bodyTooLongForTheServer_takesNone() {
        begin("/record-pings/c", LONGEST + 1L);
        assertFree(ALL);
    }

    @Test
    void bodyWithoutRoom_isTurnedBackAtItsEndAndLeavesTheOthersTheirs() {
        assertTrue(room.take(ALL - 10));
        begin("/record-pings/c", 11);
        assertNull(channel.readOutbound());
        sendLast(11);
        FullHttpResponse answer = channel.readOutbound();
        assertEquals(429, answer.status().code());
        assertEquals("5", answer.headers().get("Retry-After"));
        answer.release();
        assertFalse(channel.isOpen());
        room.giveBack(ALL - 10);
        assertFree(ALL);
    }

    @Test
    void bodyThatDoesNotComeToItsEnd_endsItsConnectionAndGivesItsRoomBack() {
        begin("/record-pings/c", 1_000);
        channel.advanceTimeBy(BodyRoom.LONGEST_WAY.toSeconds() - 1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertTrue(channel.isOpen());
        channel.advanceTimeBy(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        FullHttpResponse answer = channel.readOutbound();
        assertEquals(408, answer.status().code());
        answer.release();
        assertFalse(channel.isOpen());
        assertFree(ALL);
    }

    @Test
    void bodyThatArrived_isNotEndedAnyMore() {
        begin("/record-pings/c", 10);
        sendLast(10);
        channel.advanceTimeBy(BodyRoom.LONGEST_WAY.toSeconds() + 1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertTrue(channel.isOpen());
        assertFree(ALL - 10);
    }

    @Test
    void hangUpAfterTheLastByte_givesRoomBackOnlyWhenTheBodyIsRead() {
        begin("/record-pings/c", 10);
        sendLast(10);
        channel.pipeline().remove(body);
        assertFree(ALL - 10);
        channel.advanceTimeBy(30, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertFree(ALL);
    }
}
