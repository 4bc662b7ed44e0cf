package dev.leasehold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes answers as text for people. What a terminal would obey is not passed on. */
final class Show {

    private static final Pattern INSTANT = Pattern.compile(".*_at|expiry|deadline|timestamp");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]|[\\u202A-\\u202E\\u2066-\\u2069]");

    private Show() {}

    /** A line for each plain member, names aligned. */
    static String members(JsonNode object) {
        List<String> lines = new ArrayList<>();
        object.properties().forEach(member -> {
            if (member.getValue().isValueNode() && !member.getValue().isNull()) {
                lines.add(String.format("%-18s %s", member.getKey(), value(member.getKey(), member.getValue())));
            }
        });
        return String.join("\n", lines);
    }

    /** A run or task with its history and attempts. */
    static String detail(JsonNode object) {
        List<String> lines = new ArrayList<>(List.of(members(object)));
        for (JsonNode change : object.path("state_history")) {
            lines.add(String.format("%-18s %s", value("timestamp", change.path("timestamp")), steps(change)));
        }
        for (JsonNode attempt : object.path("attempts")) {
            lines.add(String.format("%-18s %s", "attempt", inline(attempt)));
        }
        if (object.path("lease").isObject()) {
            lines.add(String.format("%-18s %s", "lease", inline(object.get("lease"))));
        }
        return String.join("\n", lines);
    }

    /** A run of a list. */
    static String row(JsonNode run) {
        return String.join(
                "  ",
                plain(run.path("run_id").asText()),
                String.format("%-9s", plain(run.path("state").asText())),
                value("scheduled_at", run.path("scheduled_at")),
                plain(run.path("type").asText()));
    }

    /** An event of the feed. */
    static String event(JsonNode event) {
        List<String> steps = new ArrayList<>();
        event.path("transitions").forEach(step -> steps.add(steps(step)));
        return String.join(
                "  ",
                value("occurred_at", event.path("occurred_at")),
                plain(event.path("run_id").asText()) + ":" + event.path("seq").asText(),
                plain(event.path("event_type").asText()),
                String.join(", ", steps));
    }

    /** Why a run does not run. */
    static String explanation(JsonNode explained) {
        List<String> lines = new ArrayList<>();
        lines.add("run " + plain(explained.path("run_id").asText()) + " is "
                + plain(explained.path("state").asText()) + " and "
                + (explained.path("runnable").asBoolean() ? "can be claimed" : "cannot be claimed"));
        for (JsonNode gate : explained.path("gates")) {
            lines.add(String.format("%-7s %s", gate.path("open").asBoolean() ? "open" : "closed", gate(gate)));
        }
        return String.join("\n", lines);
    }

    /** What the doctor saw: a line for what is well, more for what is not. */
    static String diagnosis(JsonNode seen) {
        List<String> lines = new ArrayList<>();
        lines.add("node " + plain(seen.path("node").asText()) + " on "
                + plain(seen.path("database").asText()) + ": "
                + plain(seen.path("severity").asText()));
        for (JsonNode finding : seen.path("findings")) {
            lines.add(String.format(
                    "%-8s  %-20s  %s",
                    plain(finding.path("severity").asText()),
                    plain(finding.path("code").asText()),
                    plain(finding.path("seen").asText())));
            if (!finding.path("severity").asText().equals("ok")) {
                lines.add("          why:  " + plain(finding.path("why").asText()));
                (finding.hasNonNull("mend") ? plain(finding.get("mend").asText()) : "")
                        .lines()
                        .map(line -> "          mend: " + line)
                        .forEach(lines::add);
            }
        }
        return String.join("\n", lines);
    }

    private static String gate(JsonNode gate) {
        List<String> words = new ArrayList<>();
        words.add(plain(gate.path("gate").asText()));
        gate.properties().forEach(member -> {
            boolean told = member.getKey().equals("gate") || member.getKey().equals("open");
            boolean nothing = member.getValue().isNull()
                    || (member.getValue().isContainerNode() && member.getValue().isEmpty());
            if (!told && !nothing) {
                words.add(member.getKey() + "=" + value(member.getKey(), member.getValue()));
            }
        });
        return String.join(" ", words);
    }

    private static String steps(JsonNode step) {
        String to = plain(step.path("to").asText());
        return step.path("from").isNull() || step.path("from").isMissingNode()
                ? to
                : plain(step.path("from").asText()) + " > " + to;
    }

    private static String inline(JsonNode object) {
        List<String> words = new ArrayList<>();
        object.properties().forEach(member -> {
            if (!member.getValue().isNull()) {
                words.add(member.getKey() + "=" + value(member.getKey(), member.getValue()));
            }
        });
        return String.join(" ", words);
    }

    static String value(String name, JsonNode value) {
        if (value.isNumber() && INSTANT.matcher(name).matches()) {
            BigDecimal millis = value.decimalValue().movePointRight(3);
            return Instant.ofEpochMilli(millis.longValue()).toString();
        }
        return plain(value.isValueNode() ? value.asText() : value.toString());
    }

    static String plain(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }
}
