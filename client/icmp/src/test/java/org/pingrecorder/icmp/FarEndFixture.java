package org.pingrecorder.icmp;

import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.pingrecorder.testnet.FarEnd;
import org.pingrecorder.testnet.NetworkNamespace;

/** A namespace that admits every kind of socket, with a far end, for all tests of a class. */
abstract class FarEndFixture {

    static NetworkNamespace namespace;
    static FarEnd farEnd;

    @BeforeAll
    static void createNetwork() throws Exception {
        NetworkNamespace.skipReason().ifPresent(reason -> abort(reason));
        namespace = NetworkNamespace.create();
        namespace.allowDatagramIcmp();
        farEnd = FarEnd.attach(namespace);
    }

    @AfterAll
    static void closeNetwork() throws Exception {
        if (farEnd != null) {
            farEnd.close();
            namespace.close();
        }
    }
}
