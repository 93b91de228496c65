package org.pingrecorder.recorder.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.config.RecorderConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps web pages from driving a recorder that their reader can reach: a page of another site is
 * told by its {@code Origin}, one that made its name point here (DNS rebinding) by its {@code
 * Host}, and a form by its missing JSON content type.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class CallerFilter {

    private static final Logger LOG = LoggerFactory.getLogger(CallerFilter.class);

    private static final String OTHER_SITE =
            "Pages of other sites may not call this recorder; call it from its own pages, or from"
                    + " no page.";

    private final Set<String> names = new HashSet<>();

    CallerFilter(RecorderConfig config) {
        names.add("localhost");
        names.add(config.host().toLowerCase(Locale.ROOT));
        names.addAll(config.names());
        try {
            names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException e) {
            LOG.debug("This machine has no name to be called by.", e);
        }
    }

    /** Before all other filters: Micronaut's own check of origins answers without saying why. */
    @RequestFilter
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @Nullable HttpResponse<?> check(HttpRequest<?> request) {
        List<String> hosts = request.getHeaders().getAll("Host");
        if (hosts.size() != 1) {
            return refuse(
                    HttpStatus.BAD_REQUEST,
                    "Host",
                    "The request line or a header cannot be read, or there is not exactly one Host"
                            + " header; send a well-formed URI and one Host.");
        }
        Authority host = Authority.parse(hosts.get(0));
        if (!host.isLiteral() && !names.contains(host.name())) {
            return refuse(
                    HttpStatus.MISDIRECTED_REQUEST,
                    "Host",
                    "This recorder is not known as '"
                            + host.name()
                            + "'; call it by its address, or add the name to RECORDER_NAMES.");
        }
        String origin = request.getHeaders().get("Origin");
        if (origin != null && !isSameHost(origin, host)) {
            return refuse(HttpStatus.FORBIDDEN, "Origin", OTHER_SITE);
        }
        if (isFromOtherSite(request)) {
            return refuse(HttpStatus.FORBIDDEN, "Sec-Fetch-Site", OTHER_SITE);
        }
        if (isForm(request)
                || (mayHaveBody(request)
                        && request.getContentType().isEmpty()
                        && RouteAttributes.getRouteMatch(request).isPresent())) {
            return refuse(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type",
                    "Send the body as JSON, and say so: Content-Type: application/json.");
        }
        return null;
    }

    /** What a page fetches without an Origin, such as an image; following a link is no fetch. */
    private static boolean isFromOtherSite(HttpRequest<?> request) {
        return "cross-site".equals(request.getHeaders().get("Sec-Fetch-Site"))
                && !"navigate".equals(request.getHeaders().get("Sec-Fetch-Mode"));
    }

    private static boolean isSameHost(String origin, Authority host) {
        int scheme = origin.indexOf("://");
        return scheme > 0 && Authority.parse(origin.substring(scheme + 3)).equals(host);
    }

    /** Whatever the method: the framework takes forms apart even where nobody asked for one. */
    private static boolean isForm(HttpRequest<?> request) {
        return request.getContentType()
                .filter(
                        type ->
                                type.matches(MediaType.APPLICATION_FORM_URLENCODED_TYPE)
                                        || type.matches(MediaType.MULTIPART_FORM_DATA_TYPE))
                .isPresent();
    }

    private static boolean mayHaveBody(HttpRequest<?> request) {
        HttpMethod method = request.getMethod();
        return method == HttpMethod.POST || method == HttpMethod.PUT || method == HttpMethod.PATCH;
    }

    private static HttpResponse<?> refuse(HttpStatus status, String field, String detail) {
        return Problems.response(status, field, detail);
    }
}
