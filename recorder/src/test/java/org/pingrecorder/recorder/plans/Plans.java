package org.pingrecorder.recorder.plans;

import static java.util.stream.Collectors.joining;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.Answer;
import org.pingrecorder.recorder.Json;
import org.pingrecorder.recorder.TestRecorder;
import org.pingrecorder.wire.control.Plan;
import org.pingrecorder.wire.control.PlanTarget;

/** Calls about plans, shortened for tests. */
record Plans(TestRecorder recorder) {

    Json put(String owner, String body) {
        return recorder.put(owner + "/plan", body).expect(200).json();
    }

    Answer patch(String owner, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return recorder.send(
                "PATCH",
                owner + "/plan",
                BodyPublishers.ofString(body),
                all.toArray(String[]::new));
    }

    Json get(String owner) {
        return recorder.get(owner + "/plan").expect(200).json();
    }

    Json add(String owner, String body) {
        return recorder.post(owner + "/plan/targets", body).expect(200).json();
    }

    Answer importText(String owner, String query, String text) {
        return recorder.post(
                owner + "/plan/import" + query, BodyPublishers.ofString(text), "text/plain");
    }

    String export(String owner) {
        return recorder.get(owner + "/plan/export").expect(200).text();
    }

    Plan effective(String client) {
        return recorder.bean(EffectivePlans.class).planOf(client);
    }

    /** The ips of a client's effective plan with their names. */
    TreeMap<String, @Nullable String> targets(String client) {
        TreeMap<String, @Nullable String> names = new TreeMap<>();
        for (PlanTarget target : effective(client).targets()) {
            String family = target.family() == null ? "" : " " + target.family();
            names.put(target.ip() + family, target.name());
        }
        return names;
    }

    /** The sources of a client's ips on the list. */
    TreeMap<String, String> sources(String client) {
        TreeMap<String, String> sources = new TreeMap<>();
        for (Json ip : recorder.get("/ips?client=" + client).expect(200).json().elements()) {
            sources.put(ip.at("ip").text(), ip.at("source").text());
        }
        return sources;
    }

    /** Names a client, and gives it these tags and no others. */
    void tag(String client, String... tags) {
        recorder.database()
                .execute(
                        "INSERT INTO client (name) VALUES ('"
                                + client
                                + "') ON CONFLICT DO NOTHING");
        String body = "{\"tags\":[" + Stream.of(tags).map(Json::quote).collect(joining(",")) + "]}";
        recorder.send(
                        "PATCH",
                        "/clients/" + client,
                        BodyPublishers.ofString(body),
                        "Content-Type",
                        "application/json")
                .expect(200);
    }
}
