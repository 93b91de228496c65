package org.pingrecorder.e2e.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The accessibility checker of Deque. */
final class Axe {

    private static final String RUN =
            """
            async () => {
              const { violations } = await axe.run(document);
              return violations
                .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                .map(({ id, help, nodes }) =>
                  `${id}: ${help}: ${nodes.map((node) => node.html + ' ' + node.failureSummary).join('; ')}`);
            }
            """;

    private Axe() {}

    /** Asserts that nothing it finds on the page is serious or critical. */
    static void assertNothingSerious(Page page) throws IOException {
        // Evaluated, not loaded: the page's policy allows no script of elsewhere.
        page.evaluate(script());
        assertEquals(List.of(), page.evaluate(RUN), page.url());
    }

    private static String script() throws IOException {
        try (InputStream script =
                Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
