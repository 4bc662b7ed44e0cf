package dev.leasehold.attempt;

import static dev.leasehold.attempt.ErrorText.LONGEST;
import static dev.leasehold.attempt.ErrorText.clean;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ErrorTextTest {

    private static final String PAIR = "\uD83D\uDE00";

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(clean("")).isEmpty();
        assertThat(clean("a\tb\nc ü \u0001 " + PAIR)).isEqualTo("a\tb\nc ü \u0001 " + PAIR);
    }

    @Test
    void nulAndLoneSurrogatesAreReplaced() {
        assertThat(clean("\0a\0")).isEqualTo("\uFFFDa\uFFFD");
        assertThat(clean("a\uD83D")).isEqualTo("a\uFFFD");
        assertThat(clean("\uDE00a")).isEqualTo("\uFFFDa");
        assertThat(clean("\uDE00\uD83D")).isEqualTo("\uFFFD\uFFFD");
        assertThat(clean("\uD83D" + PAIR)).isEqualTo("\uFFFD" + PAIR);
    }

    @Test
    void itIsCutAtTheLongest() {
        assertThat(clean("x".repeat(LONGEST))).hasSize(LONGEST);
        assertThat(clean("x".repeat(LONGEST + 1))).isEqualTo("x".repeat(LONGEST));
    }

    @Test
    void theCutLeavesNoHalfOfAPair() {
        assertThat(clean("x".repeat(LONGEST - 2) + PAIR + "y"))
                .endsWith("x" + PAIR)
                .hasSize(LONGEST);
        assertThat(clean("x".repeat(LONGEST - 1) + PAIR)).endsWith("x\uFFFD").hasSize(LONGEST);
    }

    @Test
    void whateverItMakesSurvivesUtf8() {
        for (int first = 0; first < 0x10000; first += 0x7F) {
            String cleaned = clean((char) first + "\uDC00" + (char) first + "\uD800");
            byte[] bytes = cleaned.getBytes(StandardCharsets.UTF_8);
            assertThat(new String(bytes, StandardCharsets.UTF_8))
                    .isEqualTo(cleaned)
                    .doesNotContain("\0");
        }
    }
}
