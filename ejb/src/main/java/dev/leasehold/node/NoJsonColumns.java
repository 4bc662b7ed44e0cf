package dev.leasehold.node;

import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;

/** Keeps Hibernate from looking for a JSON library: Payara's class loaders offer it parts of two. No column is JSON. */
final class NoJsonColumns implements FormatMapper {

    @Override
    public <T> T fromString(CharSequence text, JavaType<T> type, WrapperOptions options) {
        throw refusal();
    }

    @Override
    public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
        throw refusal();
    }

    private static IllegalStateException refusal() {
        return new IllegalStateException("no column is JSON");
    }
}
