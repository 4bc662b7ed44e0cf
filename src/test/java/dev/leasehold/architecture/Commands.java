package dev.leasehold.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import jakarta.ejb.Stateless;
import java.util.List;

/** What every command looks like: a verb and its plural, a caller and a list in, a list out. */
final class Commands {
    private static final String VERBS =
            "Send|Submit|Promote|Claim|Start|Finish|Renew|Release|Expire|Cancel|Resume|Rerun|Hold|Unhold|Move|Reschedule|Append|Pause|Derive|Fire|Register|Forget|Prioritize|Record|Unpark|Set|Fold|Analyze|Vacuum|Remove|Retry|Ignore|Resolve|Open|Complete";

    private Commands() {}

    static ArchRule areNamedByVerbAndPlural() {
        return classes()
                .that()
                .areAnnotatedWith(Stateless.class)
                .should()
                .haveNameMatching(".*\\.(" + VERBS + ")[A-Z]\\w*s");
    }

    static ArchRule haveOneShape(String root) {
        return classes().that().areAnnotatedWith(Stateless.class).should(onlyHaveExecute(root));
    }

    static ArchRule doNotCallEachOther() {
        return noClasses()
                .that()
                .areAnnotatedWith(Stateless.class)
                .should()
                .dependOnClassesThat()
                .areAnnotatedWith(Stateless.class);
    }

    private static ArchCondition<JavaClass> onlyHaveExecute(String root) {
        return new ArchCondition<>("have one public method: List execute(Caller, List)") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                var methods = item.getMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .toList();
                if (methods.size() != 1 || !isExecute(root, methods.get(0))) {
                    events.add(violated(item, item.getName() + " has " + methods));
                }
            }
        };
    }

    private static boolean isExecute(String root, JavaMethod method) {
        var parameters = method.getRawParameterTypes();
        return method.getName().equals("execute")
                && parameters.size() == 2
                && parameters.get(0).getName().equals(root + ".tenant.Caller")
                && parameters.get(1).isEquivalentTo(List.class)
                && method.getRawReturnType().isEquivalentTo(List.class);
    }
}
