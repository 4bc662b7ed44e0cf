package dev.leasehold.doctor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures by name, in the order in which they are put in; what is not known is left out. */
final class Detail {

    private final Map<String, Object> values = new LinkedHashMap<>();

    Detail put(String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value);
        }
        return this;
    }

    Map<String, Object> map() {
        return Collections.unmodifiableMap(values);
    }
}
