package dev.leasehold.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * CPU seconds used until now, from {@code /proc}.
 *
 * @param database the postmaster and its children, those that have ended included
 * @param clients the processes that work for the system under test
 * @param harness this process, when it is none of those
 * @param all the whole machine
 */
public record Cpu(double database, double clients, double harness, double all) {
    private static final Path PROC = Path.of("/proc");
    private static final double TICKS = 100;

    /** What was used since then, and by whom. */
    public Cpu since(Cpu before) {
        return new Cpu(
                database - before.database, clients - before.clients, harness - before.harness, all - before.all);
    }

    /** CPU seconds of everything that has nothing to do with the benchmark: the noise. */
    public double others() {
        return Math.max(0, all - database - clients - harness);
    }

    /** Reads it now. */
    public static Cpu now(long postmaster, Collection<Long> clients) {
        long self = ProcessHandle.current().pid();
        double used = clients.stream().mapToDouble(Cpu::ofProcess).sum();
        return new Cpu(ofDatabase(postmaster), used, clients.contains(self) ? 0 : ofProcess(self), ofMachine());
    }

    private static double ofProcess(long pid) {
        var stat = Stat.read(PROC.resolve(Long.toString(pid)));
        return stat == null ? 0 : stat.own() / TICKS;
    }

    private static double ofDatabase(long postmaster) {
        try (Stream<Path> processes = Files.list(PROC)) {
            long ticks = processes
                    .filter(process ->
                            Character.isDigit(process.getFileName().toString().charAt(0)))
                    .mapToLong(process -> {
                        var stat = Stat.read(process);
                        return stat == null ? 0 : stat.of(postmaster, process);
                    })
                    .sum();
            return ticks / TICKS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything but idle and waiting for the disk. */
    private static double ofMachine() {
        try (Stream<String> lines = Files.lines(PROC.resolve("stat"))) {
            var fields = List.of(lines.findFirst().orElseThrow().trim().split("\\s+"));
            long busy = 0;
            for (int i = 1; i <= 8; i++) {
                busy += i == 4 || i == 5 ? 0 : Long.parseLong(fields.get(i));
            }
            return busy / TICKS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ticks of a process, and of its children that have ended. */
    private record Stat(long parent, long own, long reaped) {
        static @Nullable Stat read(Path process) {
            try {
                var line = Files.readString(process.resolve("stat"));
                var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
                return new Stat(
                        Long.parseLong(fields[1]),
                        Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                        Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
            } catch (NoSuchFileException e) {
                return null;
            } catch (IOException e) {
                // "No such process": it ended between being listed and being read
                return null;
            }
        }

        long of(long postmaster, Path process) {
            if (process.endsWith(Long.toString(postmaster))) {
                return own + reaped;
            }
            return parent == postmaster ? own : 0;
        }
    }
}
