package org.pingrecorder.recorder.intake;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class KnownClientsTest {

    private final KnownClients clients = new KnownClients();

    private void fill(String client, int ips) {
        KnownIps known = clients.of(client);
        for (int i = 0; i < ips; i++) {
            known.find("h%d.example".formatted(i), null);
        }
    }

    @Test
    void ips_ofFewRequestsThatAreTooMany_areForgottenOldestFirst() {
        KnownIps first = clients.of("first");
        fill("first", 150_000);
        KnownIps second = clients.of("second");
        fill("second", 150_000);
        assertSame(first, clients.of("first"));
        fill("third", 20_000);
        clients.of("third");
        assertSame(first, clients.of("first"));
        assertNotSame(second, clients.of("second"));
    }
}
