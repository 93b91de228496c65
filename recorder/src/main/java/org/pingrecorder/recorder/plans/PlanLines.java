package org.pingrecorder.recorder.plans;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.http.RowEncoder;

/** Writes the targets of a plan as text that can be imported again. */
final class PlanLines implements RowEncoder<ListedTarget> {

    private @Nullable OutputStream out;

    @Override
    public void start(OutputStream given) {
        out = given;
    }

    @Override
    public void row(ListedTarget row) throws IOException {
        String line = PlanText.line(row.target()) + '\n';
        Objects.requireNonNull(out, "start comes first")
                .write(line.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void end() {}
}
