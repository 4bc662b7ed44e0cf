package dev.leasehold.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuTest {
    private static final long SELF = ProcessHandle.current().pid();
    private static final long NOBODY = 1L << 30;
    private static final String WORK = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; :";

    @Test
    void aProcessIsCountedAsWhatItIs() {
        var before = Cpu.now(NOBODY, List.of());
        var beforeAsClient = Cpu.now(NOBODY, List.of(SELF));
        work(0.2);
        var used = Cpu.now(NOBODY, List.of()).since(before);
        var usedAsClient = Cpu.now(NOBODY, List.of(SELF)).since(beforeAsClient);

        assertThat(used.harness()).isGreaterThan(0.15);
        assertThat(used.clients()).isZero();
        assertThat(usedAsClient.clients()).isGreaterThan(0.15);
        assertThat(usedAsClient.harness()).isZero();
        assertThat(used.database()).isZero();
        assertThat(used.all()).isGreaterThan(0.15);
    }

    @Test
    void theDatabaseIsAProcessAndItsChildrenAlsoWhenTheyHaveEnded() throws Exception {
        var shell = new ProcessBuilder("sh", "-c", "read go; sh -c '" + WORK + "'; echo ended; read stop").start();
        try (var lines = shell.inputReader();
                var words = shell.outputWriter()) {
            var before = Cpu.now(shell.pid(), List.of());
            words.write("go\n");
            words.flush();
            assertThat(lines.readLine()).isEqualTo("ended");

            assertThat(Cpu.now(shell.pid(), List.of()).since(before).database()).isGreaterThan(0.05);
        } finally {
            shell.destroyForcibly();
        }
    }

    @Test
    void whoHasEndedUsesNothing() {
        assertThat(Cpu.now(NOBODY, List.of(NOBODY)).clients()).isZero();
    }

    @Test
    void othersAreWhatIsLeftAndNeverLessThanNothing() {
        assertThat(new Cpu(1, 2, 0.5, 5).others()).isEqualTo(1.5);
        assertThat(new Cpu(1, 2, 0.5, 3.4).others()).isZero();
    }

    private static void work(double seconds) {
        var threads = ManagementFactory.getThreadMXBean();
        long until = threads.getCurrentThreadCpuTime() + (long) (seconds * 1e9);
        while (threads.getCurrentThreadCpuTime() < until) {
            Thread.onSpinWait();
        }
    }
}
