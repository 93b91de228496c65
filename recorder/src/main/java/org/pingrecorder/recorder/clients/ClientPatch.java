package org.pingrecorder.recorder.clients;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code PATCH /clients/{clientId}} takes, for the OpenAPI document.
 *
 * @param tags what people sort it by
 * @param note what people write about it
 */
@Serdeable
record ClientPatch(@Nullable List<String> tags, @Nullable String note) {}
