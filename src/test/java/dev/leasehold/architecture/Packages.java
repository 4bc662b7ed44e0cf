package dev.leasehold.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Map;
import java.util.Set;

/** Which package may use which. The rules take the root package, so that the fixtures can break them. */
final class Packages {
    /** Package: what it may use. A package that is not listed here may not be. */
    static final Map<String, Set<String>> USES = Map.ofEntries(
            uses("api"),
            uses("client"),
            uses("cli", "client"),
            uses("fault"),
            uses("time", "fault"),
            uses("tenant", "fault"),
            uses("settings", "api fault time"),
            uses("sql", "api fault time tenant"),
            uses("event", "fault time tenant sql run"),
            uses("metric", "time sql"),
            uses("gauge", "fault time sql settings run node worker metric wake"),
            uses("letter", "audit fault time tenant sql"),
            uses("audit", "time tenant sql"),
            uses("run", "audit letter api fault time tenant settings sql metric"),
            uses("lease", "fault time tenant settings sql event run idempotency metric"),
            uses("attempt", "letter api fault time tenant settings sql event run lease metric"),
            uses("request", "api fault time settings"),
            uses("queue", "audit fault time tenant sql run"),
            uses("doctor", "fault time settings sql"),
            uses("stats", "tenant sql run"),
            uses("explain", "fault time tenant sql run queue node wait"),
            uses("wait", "api audit letter fault time tenant sql run"),
            uses("observability", "api audit fault time tenant sql run event wait explain"),
            uses("retention", "time tenant sql letter"),
            uses("idempotency", "fault time tenant sql"),
            uses("schedule", "api audit fault time tenant sql settings event run metric"),
            uses("task", "api audit fault time tenant sql settings event run attempt schedule metric"),
            uses("node", "api fault time tenant sql settings event run lease attempt task queue schedule"),
            uses("worker", "api fault time tenant sql settings event run lease attempt task node metric wait"),
            uses("registry", "fault time tenant settings sql event run lease attempt node worker metric"),
            uses("wake", "time sql settings run node"),
            uses("testing", "api fault time tenant sql settings run lease attempt schedule task node worker wait"),
            uses(
                    "timer",
                    "letter api fault time tenant sql settings event run lease attempt task worker node idempotency queue schedule wake stats retention registry wait"),
            uses(
                    "http",
                    "audit letter api fault time tenant sql settings event run lease attempt task worker node queue idempotency explain schedule timer gauge stats doctor registry wait observability"));

    private Packages() {}

    static ArchRule haveNoCycle(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    static ArchRule followTheList(String root) {
        return classes().that().resideInAPackage(root + "..").should(useOnlyWhatIsListed(root));
    }

    static ArchRule apiKnowsOnlyItself(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".api..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        root + ".api..",
                        "java..",
                        "jakarta.annotation..",
                        "jakarta.enterprise..",
                        "jakarta.inject..",
                        "org.jspecify..");
    }

    static ArchRule clientKnowsOnlyItself(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".client..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(root + ".client..", "java..", "com.fasterxml.jackson..", "org.jspecify..");
    }

    static ArchRule nobodyUsesTimerOrHttp(String root) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(root + ".timer..", root + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(root + ".timer..", root + ".http..");
    }

    private static ArchCondition<JavaClass> useOnlyWhatIsListed(String root) {
        return new ArchCondition<>("use only the packages that its own is listed with") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                var noun = noun(root, item);
                if (!USES.containsKey(noun)) {
                    events.add(violated(item, item.getName() + " stands in a package that is not listed"));
                    return;
                }
                item.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> !allowed(root, noun, dependency))
                        .forEach(dependency -> events.add(violated(dependency, dependency.getDescription())));
            }
        };
    }

    private static boolean allowed(String root, String noun, Dependency dependency) {
        var target = dependency.getTargetClass().getBaseComponentType();
        return !target.getPackageName().startsWith(root + ".")
                || noun(root, target).equals(noun)
                || USES.getOrDefault(noun, Set.of()).contains(noun(root, target));
    }

    private static String noun(String root, JavaClass type) {
        return type.getPackageName()
                .substring(root.length())
                .replaceFirst("^\\.", "")
                .replaceFirst("\\..*", "");
    }

    private static Map.Entry<String, Set<String>> uses(String name) {
        return Map.entry(name, Set.of());
    }

    private static Map.Entry<String, Set<String>> uses(String name, String others) {
        return Map.entry(name, Set.of(others.split(" ")));
    }
}
