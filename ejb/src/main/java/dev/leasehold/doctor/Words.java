package dev.leasehold.doctor;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names and figures as statements and sentences have them. */
final class Words {

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private Words() {}

    /** A name in SQL, quoted where it has to be. */
    static String name(String name) {
        return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text in SQL. */
    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%,.3f s", duration.toNanos() / 1e9);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
