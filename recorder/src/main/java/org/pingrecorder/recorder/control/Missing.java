package org.pingrecorder.recorder.control;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what JSON left out of a record: binding puts null where there is nothing. */
final class Missing {

    private Missing() {}

    /**
     * The first component, in JSON's words, that is null and must not be; null if there is none.
     */
    static @Nullable String in(Record record) {
        try {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                Object value = component.getAccessor().invoke(record);
                if (isMissing(value, component.getAnnotatedType())) {
                    return jsonName(component.getName());
                }
            }
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e); // records of ours are open to us
        }
    }

    private static boolean isMissing(@Nullable Object value, AnnotatedType type) {
        if (value == null) {
            return !type.isAnnotationPresent(Nullable.class);
        }
        if (value instanceof List<?> list && type instanceof AnnotatedParameterizedType listType) {
            AnnotatedType each = listType.getAnnotatedActualTypeArguments()[0];
            return list.stream().anyMatch(element -> isMissing(element, each));
        }
        return value instanceof Record part && in(part) != null;
    }

    private static String jsonName(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
