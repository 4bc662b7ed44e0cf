package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.LifecycleExtension;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.RunFinished;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.Order;
import dev.leasehold.run.RunKey;
import dev.leasehold.sql.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Observers that fail: the others hear what they are to hear. */
class AnnouncerThreadTest {

    private final Fixture queue = new Fixture(Database.H2);
    private final List<UUID> heard = new ArrayList<>();
    private final AnnouncerThread announcer;

    AnnouncerThreadTest() {
        queue.put(LifecycleExtension.class, new LifecycleExtension() {
            @Override
            public List<Runnable> calls(RunFinished event) {
                return List.of(() -> fail("no mail today"), () -> heard.add(event.runId()), () -> fail("no paper"));
            }
        });
        announcer = queue.get(AnnouncerThread.class);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void theOthersAreToldWhateverOneDoes() {
        announcer.finished(List.of(ended(), ended()));
        announcer.finished(List.of(ended()));

        assertThat(heard).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void whoHasEndedTellsNobody() {
        announcer.end();
        announcer.finished(List.of(ended()));

        assertThat(heard).isEmpty();
    }

    private RunKey ended() {
        UUID run = queue.run(NewTask.of("mail"));
        queue.cancel(Order.of(run));
        return new RunKey(Fixture.CALLER.tenant(), run);
    }

    private static void fail(String message) {
        throw new IllegalStateException(message);
    }
}
