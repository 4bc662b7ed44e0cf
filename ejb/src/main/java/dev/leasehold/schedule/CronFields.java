package dev.leasehold.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The local times that an expression names. Where both the day of the month and the day of the week are given, either
 * one is enough.
 *
 * @param seconds 0 to 59
 * @param minutes 0 to 59
 * @param hours 0 to 23
 * @param days what is said of days
 * @param hourly whether the hour is not fixed: {@code *} or a step
 */
record CronFields(BitSet seconds, BitSet minutes, BitSet hours, Days days, boolean hourly) {

    /**
     * The days that an expression names.
     *
     * @param ofMonth 1 to 31
     * @param months 1 to 12
     * @param ofWeek 0 to 6 from Sunday
     * @param anyOfMonth whether the day of the month is left open
     * @param anyOfWeek whether the day of the week is left open
     */
    record Days(BitSet ofMonth, BitSet months, BitSet ofWeek, boolean anyOfMonth, boolean anyOfWeek) {

        boolean contain(LocalDate date) {
            if (!months.get(date.getMonthValue())) {
                return false;
            }
            boolean month = ofMonth.get(date.getDayOfMonth());
            boolean week = ofWeek.get(date.getDayOfWeek().getValue() % 7);
            boolean open = anyOfMonth || anyOfWeek;
            return open ? month && week : month || week;
        }

        /** The first one from a day on, before another. */
        @Nullable
        LocalDate from(LocalDate first, LocalDate end) {
            LocalDate date = first;
            while (date.isBefore(end)) {
                if (contain(date)) {
                    return date;
                }
                date = months.get(date.getMonthValue())
                        ? date.plusDays(1)
                        : date.plusMonths(1).withDayOfMonth(1);
            }
            return null;
        }
    }

    /** The first local time from one on, before another. */
    @Nullable
    LocalDateTime from(LocalDateTime first, LocalDateTime end) {
        LocalDate today = first.toLocalDate();
        LocalTime time = days.contain(today) ? time(first.toLocalTime()) : null;
        if (time == null) {
            today = days.from(today.plusDays(1), end.toLocalDate().plusDays(1));
            time = time(LocalTime.MIN);
        }
        LocalDateTime found = today == null || time == null ? null : today.atTime(time);
        return found != null && found.isBefore(end) ? found : null;
    }

    /** How many local times there are from one on, before another. */
    long count(LocalDateTime first, LocalDateTime end) {
        if (!first.isBefore(end)) {
            return 0;
        }
        LocalDate last = end.toLocalDate();
        long inDay = (long) hours.cardinality() * minutes.cardinality() * seconds.cardinality();
        long count = timesBefore(end) - timesBefore(first);
        LocalDate date = days.from(first.toLocalDate(), last);
        while (date != null) {
            count += inDay;
            date = days.from(date.plusDays(1), last);
        }
        return count;
    }

    /** How many of that day's times come before one. */
    private long timesBefore(LocalDateTime time) {
        if (!days.contain(time.toLocalDate())) {
            return 0;
        }
        int hour = time.getHour();
        int minute = time.getMinute();
        long inMinute = seconds.cardinality();
        long inHour = minutes.cardinality() * inMinute;
        long hoursBefore = hours.get(0, hour).cardinality() * inHour;
        long minutesBefore = hours.get(hour) ? minutes.get(0, minute).cardinality() * inMinute : 0;
        boolean sameMinute = hours.get(hour) && minutes.get(minute);
        long secondsBefore = sameMinute ? seconds.get(0, time.getSecond()).cardinality() : 0;
        return hoursBefore + minutesBefore + secondsBefore;
    }

    private @Nullable LocalTime time(LocalTime from) {
        int hour = hours.nextSetBit(from.getHour());
        if (hour < 0) {
            return null;
        }
        if (hour > from.getHour()) {
            return LocalTime.of(hour, minutes.nextSetBit(0), seconds.nextSetBit(0));
        }
        int minute = minutes.nextSetBit(from.getMinute());
        int second = minute == from.getMinute() ? seconds.nextSetBit(from.getSecond()) : seconds.nextSetBit(0);
        if (second < 0) {
            minute = minutes.nextSetBit(from.getMinute() + 1);
            second = seconds.nextSetBit(0);
        }
        if (minute >= 0) {
            return LocalTime.of(hour, minute, second);
        }
        int later = hours.nextSetBit(hour + 1);
        return later < 0 ? null : LocalTime.of(later, minutes.nextSetBit(0), seconds.nextSetBit(0));
    }
}
