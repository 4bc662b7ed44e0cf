package dev.leasehold.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rule that cannot fail guards nothing: each finds what was planted for it in the fixture, and nothing else. */
class RulesCanFailTest {
    private static final String ROOT = RulesCanFailTest.class.getPackageName() + ".fixture";
    private static final JavaClasses FIXTURE = new ClassFileImporter().importPackages(ROOT);

    private static final Map<Rule, List<String>> PLANTED = Map.ofEntries(
            Map.entry(Rule.PACKAGES_HAVE_NO_CYCLE, List.of("run.UsesLease")),
            Map.entry(
                    Rule.PACKAGES_FOLLOW_THE_LIST,
                    List.of("run.UsesLease", "worker.UsesTimer", "gadget.Gadget", "api.UsesRun", "client.UsesCli")),
            Map.entry(Rule.API_KNOWS_ONLY_ITSELF, List.of("api.UsesRun")),
            Map.entry(Rule.CLIENT_KNOWS_ONLY_ITSELF, List.of("client.UsesCli", "client.UsesCdi")),
            Map.entry(Rule.NOBODY_USES_TIMER_OR_HTTP, List.of("worker.UsesTimer")),
            Map.entry(Rule.FRAMEWORK_IS_FOR_WHOEVER_IT_CALLS, List.of("lease.Impure", "client.UsesCdi")),
            Map.entry(Rule.FAULTS_KNOW_ONE_ANNOTATION, List.of("fault.PersistentFault", "fault.FaultWithStatus")),
            Map.entry(Rule.REFUSALS_ARE_FAULTS, List.of("run.RunNotFound")),
            Map.entry(Rule.ONLY_HTTP_KNOWS_HTTP, List.of("fault.FaultWithStatus")),
            Map.entry(Rule.COMMANDS_ARE_NAMED_BY_VERB_AND_PLURAL, List.of("task.CancelTask", "task.HandleTasks")),
            Map.entry(Rule.COMMANDS_HAVE_ONE_SHAPE, List.of("task.PauseTasks", "task.ResumeTasks", "task.SubmitTasks")),
            Map.entry(Rule.COMMANDS_DO_NOT_CALL_EACH_OTHER, List.of("lease.ReleaseLeases")),
            Map.entry(
                    Rule.ONE_PLACE_READS_THE_TIME,
                    Stream.of(
                                    "reference",
                                    "Instant.now()",
                                    "Date.<init>()",
                                    "currentTimeMillis",
                                    "nanoTime",
                                    "systemUTC")
                            .toList()),
            Map.entry(Rule.ONE_PLACE_SETS_THE_STATE, List.of("lease.Meddler")),
            Map.entry(Rule.ONE_PLACE_MAKES_EVENTS, List.of("lease.Meddler")),
            Map.entry(Rule.NAMES_SAY_WHAT_THINGS_ARE, List.of("task.TaskService", "task.AbstractTask")));

    @ParameterizedTest
    @EnumSource
    void findsWhatWasPlanted(Rule rule) {
        var found = rule.on(ROOT).evaluate(FIXTURE).getFailureReport().getDetails();
        var planted = PLANTED.get(rule);
        assertThat(planted).allSatisfy(name -> assertThat(found).anyMatch(line -> line.contains(name)));
        assertThat(found).allSatisfy(line -> assertThat(planted).anyMatch(line::contains));
    }
}
