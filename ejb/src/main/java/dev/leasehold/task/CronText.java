package dev.leasehold.task;

import dev.leasehold.api.Cron;
import java.util.Locale;
import java.util.StringJoiner;

/** Writes a cron policy as JSON (http.md 1): what its submitter left out is absent. */
final class CronText {

    private CronText() {}

    static String of(Cron cron) {
        StringJoiner members = new StringJoiner(",", "{\"Cron\":{", "}}");
        members.add("\"expression\":" + quoted(cron.expression()));
        if (cron.timeZone() != null) {
            members.add("\"time_zone\":" + quoted(cron.timeZone()));
        }
        if (cron.maxOccurrences() != null) {
            members.add("\"max_occurrences\":" + cron.maxOccurrences());
        }
        if (cron.dstGap() != null) {
            members.add("\"dst_gap\":" + word(cron.dstGap()));
        }
        if (cron.dstOverlap() != null) {
            members.add("\"dst_overlap\":" + word(cron.dstOverlap()));
        }
        if (cron.misfire() != null) {
            members.add("\"misfire\":" + misfire(cron.misfire()));
        }
        if (cron.misfireAfter() != null) {
            members.add("\"misfire_after_secs\":" + TaskSpec.seconds(cron.misfireAfter()));
        }
        if (cron.overlap() != null) {
            members.add("\"overlap\":" + word(cron.overlap()));
        }
        return members.toString();
    }

    private static String misfire(Cron.Misfire misfire) {
        if (misfire.merged()) {
            return "\"once\"";
        }
        if (misfire.most() == null) {
            return "\"all\"";
        }
        return misfire.most() == 0 ? "\"skip\"" : "{\"all\":" + misfire.most() + "}";
    }

    private static String word(Enum<?> value) {
        return "\"" + value.name().toLowerCase(Locale.ROOT) + "\"";
    }

    /** Texts that were checked are printable, but for tabs. */
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + "\"";
    }
}
