package dev.leasehold.task;

import dev.leasehold.api.NewTask;
import dev.leasehold.settings.Settings;
import dev.leasehold.time.Ids;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Checks tasks that are to be submitted later, and names them. */
@ApplicationScoped
public class Admissions {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Ids ids;

    @Inject
    Settings settings;

    /**
     * The same task under its id, or a new one.
     *
     * @throws InvalidTask for the first member that is out of bounds
     * @throws PayloadTooLarge when the payload is
     */
    public NewTask named(NewTask task) {
        TaskSpec spec = TaskSpec.of(task, ids.next(), clock.instant(), Admission.of(settings));
        return task.id(spec.id());
    }
}
