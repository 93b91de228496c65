package org.pingrecorder.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pingrecorder.icmp.EngineConfig;
import org.pingrecorder.icmp.IcmpSupport.Kind;
import org.pingrecorder.icmp.packet.PacketOptions;
import org.pingrecorder.icmp.packet.PacketSource;

class EngineSettingsTest {

    @Test
    void read_nothingGiven_isTheDefault() {
        assertEquals(EngineConfig.DEFAULT, EngineSettings.read(Settings.ofFlags(Map.of())));
    }

    @Test
    void read_everyOption_isTaken() {
        Settings settings =
                Settings.ofFlags(
                        Map.of(
                                Setting.SIZE, "1400",
                                Setting.TTL, "5",
                                Setting.DSCP, "ef",
                                Setting.DONT_FRAGMENT, "true",
                                Setting.SOURCE, "192.0.2.7",
                                Setting.ICMP, "raw"));

        EngineConfig expected =
                EngineConfig.DEFAULT
                        .withPacket(
                                new PacketOptions(
                                        1_400, 5, 46, true, PacketSource.parse("192.0.2.7")))
                        .withKind(Kind.RAW);
        assertEquals(expected, EngineSettings.read(settings));
        assertEquals(List.of(), settings.problems());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void read_everyKind_hasItsWord(Kind kind) {
        String word = String.valueOf(kind).toLowerCase(java.util.Locale.ROOT);

        EngineConfig config = EngineSettings.read(Settings.ofFlags(Map.of(Setting.ICMP, word)));

        assertEquals(Optional.of(kind), Optional.ofNullable(config.kind()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SIZE | 15 | --size: '15' is out of bounds: write 16 to 65507",
                "SIZE | 65508 | --size: '65508' is out of bounds: write 16 to 65507",
                "SIZE | 1k | --size: '1k' is out of bounds: write 16 to 65507",
                "TTL | 0 | --ttl: '0' is out of bounds: write 1 to 255",
                "TTL | 256 | --ttl: '256' is out of bounds: write 1 to 255",
                "DSCP | 64 | --dscp: '64' is no code point: write 0 to 63 or a name such as EF,"
                        + " AF41 or CS1",
                "DONT_FRAGMENT | yes | --dont-fragment: 'yes' is neither: write true or false",
                "ICMP | tcp | --icmp: 'tcp' is no way to ping: write auto, datagram, raw or"
                        + " command",
            })
    void read_badValue_saysWhatToWrite(Setting setting, String text, String problem) {
        Settings settings = Settings.ofFlags(Map.of(setting, text));

        assertEquals(EngineConfig.DEFAULT, EngineSettings.read(settings));
        assertEquals(List.of(problem), settings.problems());
    }
}
