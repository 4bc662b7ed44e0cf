package dev.leasehold.event;

import dev.leasehold.sql.FeedStatement.Place;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** How far a reader of the feed has come, as text that means nothing to the reader. */
public final class Cursor {

    private static final byte FORM = 1;
    private static final int LENGTH = 1 + Long.BYTES + 2 * Long.BYTES + Integer.BYTES;

    private Cursor() {}

    /** The text for a place. */
    public static String of(Place place) {
        byte[] bytes = ByteBuffer.allocate(LENGTH)
                .put(FORM)
                .putLong(place.pos())
                .putLong(place.runId().getMostSignificantBits())
                .putLong(place.runId().getLeastSignificantBits())
                .putInt(place.version())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The place that a text of ours stands for; none for any other text. */
    public static Optional<Place> read(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() != LENGTH || bytes.get() != FORM) {
                return Optional.empty();
            }
            Place place = new Place(bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong()), bytes.getInt());
            boolean ours = place.pos() >= 0 && place.version() >= 0 && of(place).equals(text);
            return ours ? Optional.of(place) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
