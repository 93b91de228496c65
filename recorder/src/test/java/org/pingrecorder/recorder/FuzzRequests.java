package org.pingrecorder.recorder;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Makes requests that are well-formed HTTP and hostile in everything else. */
final class FuzzRequests {

    private static final List<String> METHODS =
            List.of(
                    "GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "PATCH", "OPTIONS",
                    "BREW");

    private static final List<String> PATHS =
            List.of(
                    "/ips",
                    "/ips",
                    "/ips/%s",
                    "/record-ping/%s",
                    "/record-ping/client1",
                    "/record-ping/client1",
                    "/record-pings/client1",
                    "/record-pings/client1",
                    "/record-pings/%s",
                    "/refusals",
                    "/pings",
                    "/ping-data",
                    "/history",
                    "/summary",
                    "/outages",
                    "/completeness",
                    "/clients",
                    "/clients/client1/metrics",
                    "/clients/%s/metrics",
                    "/clients/client1/plan",
                    "/clients/%s/plan",
                    "/clients/client1/plan/targets",
                    "/clients/client1/plan/import",
                    "/clients/%s/plan/export",
                    "/clients/client1/plan/effective",
                    "/clients/client1/plan/ack",
                    "/tags",
                    "/tags/core/plan",
                    "/tags/%s/plan/import",
                    "/tags/%s/plan/targets",
                    "/metrics",
                    "/health",
                    "/health/%s",
                    "/openapi",
                    "/swagger-ui/%s",
                    "/%s",
                    "/");

    private static final List<String> PARAMETERS =
            List.of(
                    "search", "family", "client", "limit", "cursor", "format", "ip", "start", "end",
                    "sort", "tag", "kind", "replace", "dry_run", "step", "tz", "group", "spark",
                    "state", "names", "%00", "");

    private static final List<String> FIELDS =
            List.of(
                    "ip",
                    "family",
                    "client",
                    "name",
                    "source",
                    "latency_ms",
                    "at",
                    "outcome",
                    "\\u0000");

    /** Of a batch; {@link #SERIES_FIELDS} are inside of it. */
    private static final List<String> BATCH_FIELDS =
            List.of("spool", "batch", "clock", "series", "gaps", "running", "metrics", "sealed_at");

    private static final List<String> SERIES_FIELDS =
            List.of(
                    "ip",
                    "family",
                    "name",
                    "start",
                    "interval_ms",
                    "latency_ms",
                    "outcomes",
                    "address",
                    "ttl",
                    "ttls",
                    "duplicates",
                    "slip_us",
                    "cut_off",
                    "from",
                    "to",
                    "reason",
                    "epoch",
                    "now_us",
                    "offset_us",
                    "at",
                    "values");

    private static final List<String> SERIES_VALUES =
            List.of(
                    "[1,null,2.5]",
                    "[null]",
                    "[1e400]",
                    "[\"x\",[],{},-1]",
                    "{\"1\":{\"outcome\":\"unreachable\",\"type\":3,\"code\":256}}",
                    "{\"0\":{\"outcome\":\"late\"},\"99999999999\":{}}",
                    "{\"1\":64,\"-1\":64,\"\":0}",
                    "{\"0\":2147483648}",
                    "{\"cpu_percent\":3.2,\"a{b=\\\"c\\\"}\":1e400,\"0\":null}",
                    "{\"0\":-2147483648}",
                    "[[0,1],[1,0],[-1,5],[0],[0,1,2],[[]]]",
                    "1000",
                    "0.0004",
                    "3600000.0001",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "\"dropped\"",
                    "\"1970-01-01T00:00:00Z\"");

    /** As they may stand in a URI. */
    private static final List<String> URI_TEXTS =
            List.of(
                    "",
                    "1",
                    "0",
                    "-1",
                    "00000000000000000001",
                    "999999999999999999",
                    "9223372036854775808",
                    "1e999999999",
                    "NaN",
                    "%00",
                    "a%00b",
                    "%0d%0aX:1",
                    "%",
                    "%zz",
                    "%ff%fe",
                    "%ED%A0%80",
                    "%F0%9F%92%A5",
                    "%2e%2e%2f%2e%2e%2fetc",
                    "..",
                    ".",
                    "a/b",
                    "%2f",
                    "%25",
                    "%26%3d",
                    "*",
                    "'",
                    "%27%20OR%201=1--",
                    "json",
                    "csv",
                    "ndjson",
                    "newest",
                    "client1",
                    "host",
                    "192.0.2.1",
                    "fe80::1%25eth0",
                    "ipv6",
                    "::ffff:192.0.2.1",
                    "300.1.1.1",
                    "example.org",
                    "2026-11-21T06:00:00Z",
                    "2026-11-21T06:00:00+02:00",
                    "%2B999999999-12-31T23:59:59%2B18:00",
                    "-999999999-01-01T00:00:00Z",
                    "1969-12-31T23:59:59Z",
                    "9999-12-31T00:00:00Z",
                    "9999-12-31T00:00:01Z",
                    "0000-00-00T00:00:00Z",
                    "index.html",
                    "application.yml",
                    "a".repeat(300),
                    "a".repeat(9000),
                    "aG9zdCAxIDEgMQ",
                    "aG9zdCA5OTk5OTk5OTk5OTk5OTk5OTkgOTk5OTk5OTk5OTk5OTk5OTk5IDk5OTk5OTk5OTk5OTk5OTk5OQ");

    private static final List<String> JSON_VALUES =
            List.of(
                    "null",
                    "true",
                    "false",
                    "0",
                    "-0.0",
                    "0.0001",
                    "12.345",
                    "600000.1",
                    "-1",
                    "1e400",
                    "1e999999999",
                    "1e-999999999",
                    "-1e-999999999",
                    "1".repeat(2000),
                    "0.".concat("9".repeat(900)),
                    "\"\"",
                    "\"NaN\"",
                    "\"192.0.2.1\"",
                    "\"2001:DB8::1\"",
                    "\"fe80::1%eth0\"",
                    "\"EXAMPLE.org.\"",
                    "\"999.1.1.1\"",
                    "\"a\\u0000b\"",
                    "\"\\ud800\"",
                    "\"\\ud83d\\udca5\"",
                    "\"\u202e💥ß\"",
                    "\"\\u007f\"",
                    "\"ipv4\"",
                    "\"reply\"",
                    "\"timeout\"",
                    "\"late\"",
                    "\"client\"",
                    "\"2026-11-21T06:00:00Z\"",
                    "\"+999999999-12-31T23:59:59Z\"",
                    "\"1970-01-01T00:00:00.0000009Z\"",
                    "[]",
                    "{}",
                    "[[[]]]",
                    "\"" + "x".repeat(1000) + "\"",
                    "NaN",
                    "Infinity",
                    "01",
                    "'x'",
                    "\"\t\"");

    private static final List<String> HEADERS =
            List.of(
                    "Accept: */*",
                    "Accept: application/json",
                    "Accept: text/csv;q=0.1, */*;q=0",
                    "Accept: text/html",
                    "Accept: garbage",
                    "Accept: ;;;,,,",
                    "Accept: a/b;q=x",
                    "Accept: text/",
                    "Accept: /",
                    "Accept:",
                    "Accept-Charset: nonsense",
                    "Accept-Encoding: gzip, br;q=0",
                    "Accept-Language: ***",
                    "Range: bytes=5-1",
                    "Range: bytes=0-99999999999999999999",
                    "If-Modified-Since: yesterday",
                    "If-None-Match: *",
                    "Cookie: a=b; =; ;;\"",
                    "X-Forwarded-For: \u00ff\u00fe",
                    "Upgrade: websocket",
                    "X: " + "y".repeat(7000));

    private static final List<String> TYPES =
            List.of(
                    "application/json;charset=utf-8",
                    "application/json;charset=nonsense",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "multipart/form-data",
                    "text/plain",
                    "garbage",
                    "/",
                    ";",
                    "application/json;;=");

    private static final List<String> ENCODINGS =
            List.of("gzip", "deflate", "br", "zstd", "identity", "gzip, gzip", "snappy", "");

    private final Random random;
    private final String host;

    FuzzRequests(Random random, String host) {
        this.random = random;
        this.host = host;
    }

    byte[] next() {
        String path = of(PATHS);
        String usual =
                path.contains("record-ping") || oneIn(path.equals("/ips") ? 2 : 5) ? "POST" : "GET";
        String method = oneIn(6) ? of(METHODS) : usual;
        StringBuilder head = new StringBuilder(method).append(' ').append(target(path));
        head.append(" HTTP/1.1\r\nHost: ").append(host).append("\r\nConnection: close\r\n");
        for (int i = Math.max(0, random.nextInt(4) - 1); i > 0; i--) {
            head.append(of(HEADERS)).append("\r\n");
        }
        boolean hasBody = List.of("POST", "PUT", "PATCH").contains(method) || oneIn(20);
        byte[] body = hasBody ? body(path.contains("record-pings")) : new byte[0];
        if (hasBody) {
            String usualType = oneIn(4) ? "application/x-ndjson" : "application/json";
            String type = oneIn(6) ? of(TYPES) : usualType;
            head.append(oneIn(10) ? "Content-Encoding: " + of(ENCODINGS) + "\r\n" : "");
            head.append(oneIn(30) ? "" : "Content-Type: " + type + "\r\n");
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(RawHttp.bytes(head.append("\r\n").toString()));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private String target(String path) {
        StringBuilder target = new StringBuilder(path.replace("%s", of(URI_TEXTS)));
        char separator = '?';
        for (int i = random.nextInt(4); i > 0; i--) {
            target.append(separator).append(of(PARAMETERS)).append('=').append(of(URI_TEXTS));
            separator = oneIn(20) ? ';' : '&';
        }
        return target.toString();
    }

    private byte[] body(boolean ofBatches) {
        String text = ofBatches ? batches() : oneIn(4) ? array() : object();
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        for (int i = oneIn(4) ? random.nextInt(4) : 0; i > 0 && body.length > 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }

    private String batches() {
        StringBuilder batches = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            StringBuilder series = new StringBuilder();
            for (int j = random.nextInt(3); j > 0; j--) {
                series.append(fields(SERIES_FIELDS, "\"ip\":\"192.0.2.9\",\"latency_ms\":[1,2]"))
                        .append(j > 1 ? "," : "");
            }
            String start = "\"spool\":\"fuzz\",\"batch\":" + random.nextInt(1_000_000);
            batches.append(fields(BATCH_FIELDS, start + ",\"series\":[" + series + "]"))
                    .append('\n');
        }
        return batches.toString();
    }

    /** An object that is right as far as what it begins with is, and then goes on wildly. */
    private String fields(List<String> names, String start) {
        StringBuilder object = new StringBuilder("{").append(oneIn(10) ? "\"x\":1" : start);
        for (int i = random.nextInt(5); i > 0; i--) {
            List<String> values = oneIn(3) ? JSON_VALUES : SERIES_VALUES;
            object.append(",\"").append(of(names)).append("\":");
            object.append(oneIn(8) ? fields(SERIES_FIELDS, start) : of(values));
        }
        return object.append(oneIn(40) ? "" : "}").toString();
    }

    private String array() {
        StringBuilder array = new StringBuilder("[");
        for (int i = random.nextInt(4); i > 0; i--) {
            array.append(object()).append(i > 1 ? "," : "");
        }
        return array.append(']').toString();
    }

    private String object() {
        StringBuilder object = new StringBuilder("{");
        if (!oneIn(4)) {
            object.append("\"ip\":\"192.0.2.").append(random.nextInt(256)).append("\",");
            object.append("\"latency_ms\":").append(oneIn(3) ? "null" : "1.5").append(',');
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            object.append('"').append(of(FIELDS)).append("\":").append(of(JSON_VALUES)).append(',');
        }
        return object.append("\"n\":1.5").append(oneIn(20) ? "" : "}").toString();
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    private String of(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
