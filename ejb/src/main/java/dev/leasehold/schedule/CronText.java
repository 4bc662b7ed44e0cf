package dev.leasehold.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.expression.QuestionMark;
import com.cronutils.model.field.value.FieldValue;
import com.cronutils.parser.CronParser;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Reads an expression of five or six fields, or one of five words. The library reads and checks each field; here its
 * values are laid out, since the library's own way to them needs a logging interface that not every server has.
 */
final class CronText {

    private static final int LONGEST = 255;
    private static final Map<String, String> WORDS = Map.of(
            "@YEARLY", "0 0 0 1 1 *",
            "@MONTHLY", "0 0 0 1 * *",
            "@WEEKLY", "0 0 0 * * 0",
            "@DAILY", "0 0 0 * * *",
            "@HOURLY", "0 0 * * * *");

    /** A bar would part two expressions. */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7B\\t]*");

    private static final CronParser PARSER = new CronParser(definition());

    private final Cron cron;

    private CronText(Cron cron) {
        this.cron = cron;
    }

    private static CronDefinition definition() {
        return CronDefinitionBuilder.defineCron()
                .withSeconds()
                .and()
                .withMinutes()
                .and()
                .withHours()
                .and()
                .withDayOfMonth()
                .supportsQuestionMark()
                .and()
                .withMonth()
                .and()
                .withDayOfWeek()
                .withValidRange(0, 7)
                .withMondayDoWValue(1)
                .supportsQuestionMark()
                .and()
                .instance();
    }

    /**
     * Reads it.
     *
     * @throws InvalidCron in AQ 1.3's words
     */
    static CronFields read(String expression) {
        try {
            String upper = expression.strip().toUpperCase(Locale.ROOT);
            List<String> fields = List.of(WORDS.getOrDefault(upper, upper).split("\\s+", -1));
            if (expression.length() <= LONGEST
                    && PRINTABLE.matcher(expression).matches()
                    && (fields.size() == 5 || fields.size() == 6)) {
                String text = String.join(" ", fields);
                return new CronText(PARSER.parse(fields.size() == 5 ? "0 " + text : text)).fields();
            }
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        throw invalid();
    }

    private static InvalidCron invalid() {
        return new InvalidCron("expression", "invalid cron policy: Invalid expression: Invalid cron expression.");
    }

    private CronFields fields() {
        CronFields.Days days = new CronFields.Days(
                values(CronFieldName.DAY_OF_MONTH, 1, 31),
                values(CronFieldName.MONTH, 1, 12),
                weekdays(),
                isOpen(CronFieldName.DAY_OF_MONTH),
                isOpen(CronFieldName.DAY_OF_WEEK));
        return new CronFields(
                values(CronFieldName.SECOND, 0, 59),
                values(CronFieldName.MINUTE, 0, 59),
                values(CronFieldName.HOUR, 0, 23),
                days,
                isHourly(field(CronFieldName.HOUR)));
    }

    private FieldExpression field(CronFieldName name) {
        return Objects.requireNonNull(cron.retrieve(name)).getExpression();
    }

    private boolean isOpen(CronFieldName name) {
        return field(name) instanceof Always || field(name) instanceof QuestionMark;
    }

    private static boolean isHourly(FieldExpression hour) {
        return hour instanceof And and
                ? and.getExpressions().stream().anyMatch(CronText::isHourly)
                : hour instanceof Always || hour instanceof Every;
    }

    private BitSet values(CronFieldName name, int least, int most) {
        BitSet values = new BitSet();
        add(values, field(name), least, most);
        return values;
    }

    /** Sunday is 0 and 7 in the text; a range may go on beyond it. */
    private BitSet weekdays() {
        BitSet eight = values(CronFieldName.DAY_OF_WEEK, 0, 7);
        boolean sunday = eight.get(0) || eight.get(7);
        eight.clear(7);
        eight.set(0, sunday);
        return eight;
    }

    private static void add(BitSet values, FieldExpression expression, int least, int most) {
        if (expression instanceof And and) {
            and.getExpressions().forEach(one -> add(values, one, least, most));
        } else if (expression instanceof Every every) {
            step(values, every, least, most);
        } else if (expression instanceof Between between) {
            range(values, number(between.getFrom()), number(between.getTo()), most);
        } else if (expression instanceof On on) {
            values.set(number(on.getTime()));
        } else {
            values.set(least, most + 1);
        }
    }

    private static void step(BitSet values, Every every, int least, int most) {
        FieldExpression of = every.getExpression();
        BitSet all = new BitSet();
        if (of instanceof On on) {
            all.set(number(on.getTime()), most + 1);
        } else {
            add(all, of, least, most == 7 ? 6 : most);
        }
        int period = number(every.getPeriod());
        if (period < 1) {
            throw new IllegalArgumentException("a step of nothing");
        }
        for (int i = all.nextSetBit(0), n = 0; i >= 0; i = all.nextSetBit(i + 1), n++) {
            if (n % period == 0) {
                values.set(i);
            }
        }
    }

    private static void range(BitSet values, int from, int to, int most) {
        if (from <= to) {
            values.set(from, to + 1);
        } else if (most == 7) {
            values.set(from, 8);
            values.set(from == 7 ? 0 : 1, to + 1);
            values.set(0);
        } else {
            throw new IllegalArgumentException("a range that goes back");
        }
    }

    private static int number(FieldValue<?> value) {
        return value.getValue() instanceof Integer number ? number : refuse(value);
    }

    private static int refuse(FieldValue<?> value) {
        throw new IllegalArgumentException(value + " is no number");
    }
}
