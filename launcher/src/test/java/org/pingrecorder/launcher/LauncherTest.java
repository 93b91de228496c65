package org.pingrecorder.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.DataInputStream;
import java.io.InputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {

    private static final int JAVA_8 = 52;

    @ParameterizedTest
    @CsvSource({"1.8, 8", "9, 9", "17, 17", "24, 24"})
    void refusal_anOldJava_saysWhichIsNeeded(String version, String said) {
        assertEquals(
                "Ping Recorder needs Java 25 or newer, this is "
                        + said
                        + " (/opt/java): install one, for example from https://adoptium.net, and"
                        + " start it with that one's bin/java",
                Launcher.refusal(version, "/opt/java").get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"25", "26", "100", "?"})
    void refusal_anyOther_isNone(String version) {
        assertEquals(Optional.empty(), Launcher.refusal(version, "/opt/java"));
    }

    @Test
    void classFile_isOneThatJava8Reads() throws Exception {
        try (InputStream in = Launcher.class.getResourceAsStream("Launcher.class")) {
            assertNotNull(in);
            DataInputStream bytes = new DataInputStream(in);
            assertEquals(0xCAFEBABE, bytes.readInt());
            assertEquals(0, bytes.readUnsignedShort());
            assertEquals(JAVA_8, bytes.readUnsignedShort());
        }
    }
}
