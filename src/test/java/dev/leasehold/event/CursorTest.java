package dev.leasehold.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.sql.FeedStatement.Place;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void aPlaceComesBackFromItsText() {
        for (Place place : List.of(
                Feed.START,
                new Place(Long.MAX_VALUE, new UUID(-1, -1), Integer.MAX_VALUE),
                new Place(7, UUID.fromString("0193e5a0-0000-7000-8000-00000000000a"), 3))) {
            assertThat(Cursor.of(place)).matches("[A-Za-z0-9_-]{39}");
            assertThat(Cursor.read(Cursor.of(place))).contains(place);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "7", "AA", "not a cursor", "%%%", "AQ==", "\u00e4"})
    void otherTextsAreNone(String text) {
        assertThat(Cursor.read(text)).isEmpty();
    }

    @Test
    void aTextThatWasTouchedIsNone() {
        String text = Cursor.of(new Place(7, new UUID(1, 2), 3));
        assertThat(Cursor.read(text + "A")).isEmpty();
        assertThat(Cursor.read(text + "=")).isEmpty();
        assertThat(Cursor.read(text.substring(1))).isEmpty();
        assertThat(Cursor.read("AA" + text.substring(2))).as("another form").isEmpty();
        assertThat(Cursor.read(encoded(1))).as("before the first position").isEmpty();
        assertThat(Cursor.read(encoded(9))).as("any run").isPresent();
        assertThat(Cursor.read(encoded(25))).as("before the first version").isEmpty();
    }

    /** A cursor with one byte set behind its form: position from 1 on, run from 9 on, version from 25 on. */
    private static String encoded(int at) {
        byte[] bytes = new byte[29];
        bytes[0] = 1;
        bytes[at] = -1;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
