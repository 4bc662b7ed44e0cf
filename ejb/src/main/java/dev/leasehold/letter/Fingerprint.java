package dev.leasehold.letter;

import dev.leasehold.audit.CanonicalJson;
import java.util.regex.Pattern;

/** What failures for the same cause have in common: their words without numbers and ids. */
public final class Fingerprint {

    private static final int DIGITS = 16;
    private static final Pattern VARYING = Pattern.compile(
            "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|@[0-9a-f]+\\b|0x[0-9a-fA-F]+\\b|\\b(?=[a-fA-F]*[0-9])[0-9a-fA-F]{6,}\\b|[0-9]+");

    private Fingerprint() {}

    /** Of a failure in these words: 16 hexadecimal digits. */
    public static String of(String reason) {
        return CanonicalJson.sha256(VARYING.matcher(reason).replaceAll("#")).substring(0, DIGITS);
    }
}
