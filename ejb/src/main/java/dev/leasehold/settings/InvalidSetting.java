package dev.leasehold.settings;

/** A setting is out of bounds; the message names key, value and what is allowed, in one line. */
public class InvalidSetting extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Names key, value and bounds. */
    public InvalidSetting(String key, String value, String allowed) {
        super(key + " is '" + value.replaceAll("\\s+", " ") + "', but must be " + allowed);
    }
}
