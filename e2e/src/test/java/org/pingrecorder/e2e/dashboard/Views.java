package org.pingrecorder.e2e.dashboard;

import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every view that the dashboard has, with something to show. */
final class Views {

    static final String CLIENT = "site1";
    static final String IP = "127.0.0.2";

    private static final List<String> QUERIES =
            List.of(
                    "/ip?ip=" + IP + "&client=" + CLIENT,
                    "/task?from=" + CLIENT + "&target=" + IP + "&target=127.0.0.3");

    private Views() {}

    /**
     * The addresses of all views by a name of each, as the page itself has them.
     *
     * @param page of the dashboard
     */
    static Map<String, String> of(Page page) {
        List<?> paths =
                (List<?>)
                        page.evaluate(
                                """
                                async () => (await import('/dashboard/views/views.js')).VIEWS.map((view) => view.path)
                                """);
        Map<String, String> views = new LinkedHashMap<>();
        for (Object path : paths) {
            String name = path.equals("/") ? "overview" : path.toString().substring(1);
            views.put(name.replace("s/:client", ""), "#" + address(path.toString()));
        }
        return views;
    }

    private static String address(String path) {
        return QUERIES.stream()
                .filter(query -> query.startsWith(path + "?"))
                .findFirst()
                .orElse(path.replace(":client", CLIENT));
    }
}
