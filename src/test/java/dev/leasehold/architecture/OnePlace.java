package dev.leasehold.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess.AccessType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Set;

/** What is done in one place only, and names that would say nothing. */
final class OnePlace {
    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.util.Date.<init>",
            "java.util.Calendar.getInstance",
            "java.util.GregorianCalendar.<init>");

    private OnePlace() {}

    static ArchRule readsTheTime(String root) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".time..")
                .and()
                .doNotHaveFullyQualifiedName(root + ".client.Ticker")
                .should()
                .accessTargetWhere(
                        JavaAccess.Predicates.target(DescribedPredicate.describe("reads the time", OnePlace::isClock)));
    }

    static ArchRule setsTheState(String root) {
        return fields().that()
                .areDeclaredIn(root + ".run.Run")
                .and()
                .haveName("state")
                .should(onlyBeSetIn(root + ".run", root + ".sql"));
    }

    static ArchRule makesEvents(String root) {
        return classes()
                .that()
                .haveFullyQualifiedName(root + ".run.RunEvent")
                .should(onlyBeMadeIn(root + ".run", root + ".sql"));
    }

    static ArchRule namesSayWhatThingsAre() {
        return noClasses().should().haveNameMatching(".*(Impl|Service|Manager|Util|Utils|Helper)|.*[.$]Abstract[^.$]*");
    }

    private static boolean isClock(AccessTarget target) {
        var owner = target.getOwner().getName();
        return CLOCKS.contains(owner + "." + target.getName())
                || (owner.startsWith("java.time.") && target.getName().equals("now"))
                || (owner.equals("java.time.Clock") && target.getName().matches("(system|tick).*"));
    }

    private static ArchCondition<JavaField> onlyBeSetIn(String... packages) {
        return new ArchCondition<>("only be set in " + String.join(", ", packages)) {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                field.getAccessesToSelf().stream()
                        .filter(access -> access.getAccessType() == AccessType.SET)
                        .filter(access -> isOutside(access.getOriginOwner(), packages))
                        .forEach(access -> events.add(violated(access, access.getDescription())));
            }
        };
    }

    private static ArchCondition<JavaClass> onlyBeMadeIn(String... packages) {
        return new ArchCondition<>("only be constructed in " + String.join(", ", packages)) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getAccessesToSelf().stream()
                        .filter(access -> access.getTarget().getName().equals("<init>"))
                        .filter(access -> isOutside(access.getOriginOwner(), packages))
                        .forEach(access -> events.add(violated(access, access.getDescription())));
            }
        };
    }

    private static boolean isOutside(JavaClass origin, String... packages) {
        for (var name : packages) {
            if ((origin.getPackageName() + ".").startsWith(name + ".")) {
                return false;
            }
        }
        return true;
    }
}
