package org.pingrecorder.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX) // as the class itself
class PortHolderTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void find_namesTheProcessThatListensAndNobodyAfterwards(String address) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(address))) {
            port = socket.getLocalPort();
            assertEquals(Optional.of(ProcessHandle.current()), PortHolder.find(port));
        }
        assertEquals(Optional.empty(), PortHolder.find(port));
    }
}
