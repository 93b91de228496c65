package org.pingrecorder.recorder.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WebSocketPipelineTest {

    /** A peer that takes nothing. */
    private static final class Stuck extends ChannelOutboundHandlerAdapter {

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
        }
    }

    private static void pass(EmbeddedChannel channel, long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runPendingTasks();
    }

    @Test
    void peerThatTakesNoLastFrame_isCutOff() {
        EmbeddedChannel channel =
                new EmbeddedChannel(new Stuck(), new WebSocketPipeline.Patience());
        channel.freezeTime();
        var _ = channel.writeAndFlush(new TextWebSocketFrame("x"));
        pass(channel, 3_600);
        assertTrue(channel.isOpen());
        var _ = channel.writeAndFlush(new CloseWebSocketFrame(1_000, "as the test wants"));
        pass(channel, 9);
        assertTrue(channel.isOpen());
        pass(channel, 2);
        assertFalse(channel.isOpen());
    }

    @Test
    void pings_ofAPeerThatReadsNoAnswer_areNotAnswered() {
        EmbeddedChannel channel = new EmbeddedChannel(new WebSocketPipeline.Patience());
        PingWebSocketFrame first = new PingWebSocketFrame(Unpooled.wrappedBuffer(new byte[1]));
        assertTrue(channel.writeInbound(first));
        assertSame(first, channel.readInbound());
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
        var _ = channel.write(new TextWebSocketFrame("more than that"));
        assertFalse(channel.isWritable());
        PingWebSocketFrame second = new PingWebSocketFrame(Unpooled.wrappedBuffer(new byte[1]));
        assertFalse(channel.writeInbound(second));
        assertEquals(0, second.refCnt());
    }

    @Test
    void peerThatIsGone_leavesNothingToDo() {
        EmbeddedChannel channel = new EmbeddedChannel(new WebSocketPipeline.Patience());
        channel.freezeTime();
        var _ = channel.writeAndFlush(new CloseWebSocketFrame(1_000, "as the test wants"));
        var _ = channel.close();
        channel.runPendingTasks();
        assertEquals(-1, channel.runScheduledPendingTasks());
    }
}
