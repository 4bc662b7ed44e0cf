package dev.leasehold.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8785, and the known answers of the contract. */
class CanonicalJsonTest {

    @Test
    void theDigestsAreThoseOfTheContract() {
        assertThat(digest(Map.of())).startsWith("sha256:44136fa355b3678a1146ad16f7e8649e");
        assertThat(digest(Map.of("run_id", "run-1")))
                .isEqualTo("sha256:923135756928e8f394c6f67aac4b80ee48f168af81e526267db142176f625896");
        assertThat(digest(Map.of("b", Arrays.asList(true, null), "a", 1)))
                .isEqualTo("sha256:1cc69c7fa23616ca2ec3ee70d24390a6225c8832db8a4c814c7e0e7f942f8668");
        assertThat(digest(Map.of("name", "\u00e9")))
                .isEqualTo("sha256:2f16b8477146a1b2ba7d6bb7cf7c9979c191cc2838a107dbf5f0d920b4cb3ba1");
        assertThat(digest(Map.of("secret", "hunter2", "run_id", "run-obs-1", "decision_id", "dec-1")))
                .isEqualTo("sha256:1a30538bde63b280e529b05378d1955be37fa1bca737afa2656a78a1a7bc35d0");
    }

    @Test
    void membersAreSortedByTheirUtf16CodeUnits() {
        Map<String, Object> members = new HashMap<>();
        for (String name : List.of("\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6")) {
            members.put(name, name.length());
        }

        assertThat(CanonicalJson.of(members))
                .isEqualTo(
                        "{\"\\r\":1,\"1\":1,\"\u0080\":1,\"\u00f6\":1,\"\u20ac\":1,\"\ud83d\ude00\":2,\"\ufb33\":1}");
    }

    @Test
    void onlyWhatMustBeIsEscaped() {
        assertThat(CanonicalJson.of("\u20ac$\u000f\nA'B\"\\/\b\t\f\r\u007f\u2028"))
                .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\/\\b\\t\\f\\r\u007f\u2028\"");
    }

    @Test
    void thereIsNoSpace() {
        assertThat(CanonicalJson.of(List.of(List.of(), Map.of("a", List.of(1, 2L, -9_007_199_254_740_991L), "b", ""))))
                .isEqualTo("[[],{\"a\":[1,2,-9007199254740991],\"b\":\"\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "a\ude00b"})
    void halfACharacterHasNoForm(String half) {
        assertThatThrownBy(() -> CanonicalJson.of(half)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.of(Map.of(half, 1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNoWholeNumberThatADoubleHoldsHasNone() {
        for (Object number : List.of(9_007_199_254_740_992L, Long.MIN_VALUE, 1.5)) {
            assertThatThrownBy(() -> CanonicalJson.of(number)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static String digest(Object value) {
        return CanonicalJson.digest(CanonicalJson.of(value));
    }
}
