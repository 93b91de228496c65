package org.pingrecorder.recorder.plans;

/** What the API's document shows. */
final class PlanExamples {

    static final String BODY =
            """
            {"interval_ms":1000,"timeout_ms":2000,"metrics_interval_ms":10000,"paused":false,
             "targets":[{"ip":"192.0.2.7","name":"Core router","tags":["core"],"interval_ms":500},
                        {"ip":"a.example","family":"ipv6","timeout_ms":500,"grace_ms":0}]}
            """;

    static final String TARGET =
            """
            {"ip":"192.0.2.7","name":"Core router","tags":["core"],"interval_ms":500}
            """;

    static final String TEXT =
            """
            192.0.2.7 interval=500ms tags=core Core router
            a.example families=ipv6
            """;

    static final String OF_CLIENT =
            """
            {"client":"site1","revision":1795240812,
             "interval_ms":1000,"timeout_ms":null,"metrics_interval_ms":null,"paused":null,
             "wanted_revision":1795240815,"acknowledged_revision":1795240812,
             "acknowledged_at":"2026-11-21T06:00:00.250Z","problems":[],
             "effective":{"interval_ms":1000,"timeout_ms":2000,"metrics_interval_ms":null,
                          "paused":true},
             "targets":[{"ip":"192.0.2.7","name":"Core router","tags":["core"],"interval_ms":500}],
             "tag_targets":[{"tag":"branch","ip":"192.0.2.8"}],
             "client_targets":[{"ip":"192.0.2.9","name":"Printer"}]}
            """;

    static final String OF_TAG =
            """
            {"tag":"branch","revision":1795240815,
             "interval_ms":null,"timeout_ms":2000,"metrics_interval_ms":null,"paused":true,
             "clients":[{"client":"site1","wanted_revision":1795240815,
                         "acknowledged_revision":1795240812,
                         "acknowledged_at":"2026-11-21T06:00:00.250Z","problems":[]}],
             "targets":[{"ip":"192.0.2.8"}]}
            """;

    private PlanExamples() {}
}
