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

    private static final String FAINT =
            """
            async () => {
              const { violations } = await axe.run(document, { runOnly: ['color-contrast'] });
              return violations.flatMap(({ nodes }) => nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`));
            }
            """;

    private Axe() {}

    /** Texts that are too faint to be read, with the reason. */
    static List<?> faintTexts(Page page) throws IOException {
        load(page);
        return (List<?>) page.evaluate(FAINT);
    }

    /** Asserts that nothing it finds on the page is serious or critical. */
    static void assertNothingSerious(Page page) throws IOException {
        load(page);
        assertEquals(List.of(), page.evaluate(RUN), page.url());
    }

    /** Evaluated, not loaded: the page's policy allows no script of elsewhere. */
    private static void load(Page page) throws IOException {
        if (!(boolean) page.evaluate("() => 'axe' in window")) {
            page.evaluate(script());
        }
    }

    private static String script() throws IOException {
        try (InputStream script =
                Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
