package dev.leasehold.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import jakarta.ejb.ApplicationException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.servlet.Filter;
import java.util.Arrays;
import java.util.EventListener;
import java.util.Set;

/** Who may know Jakarta EE and Hibernate, and who may know HTTP. */
final class Purity {
    private static final DescribedPredicate<JavaClass> FRAMEWORK = resideInAnyPackage("jakarta..", "org.hibernate..");

    /** What the framework calls without an annotation that says so. */
    private static final Set<Class<?>> CALLED = Set.of(Extension.class, Filter.class, EventListener.class);

    /** What stops the start, what nobody knows, and what undoes a handler's transaction. */
    private static final Set<String> NO_REFUSALS = Set.of(
            "api.HandlerExtension$Refused",
            "api.StaleFence",
            "settings.InvalidSetting",
            "sql.OutcomeUnknown",
            "worker.RolledBack");

    /** Other processes, and tests, with errors of their own. */
    private static final String[] ELSEWHERE = {".client..", ".cli..", ".testing.."};

    private Purity() {}

    static ArchRule frameworkIsForWhoeverItCalls(String root) {
        return noClasses()
                .that(DescribedPredicate.not(
                        DescribedPredicate.describe("the framework calls", Purity::isCalledByFramework)))
                .and()
                .resideOutsideOfPackages(root + ".sql..", root + ".node..", root + ".fault..", root + ".testing..")
                .should()
                .dependOnClassesThat(FRAMEWORK);
    }

    static ArchRule faultsKnowOneAnnotation(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + ".fault..")
                .should()
                .dependOnClassesThat(FRAMEWORK.and(DescribedPredicate.not(assignableTo(ApplicationException.class))));
    }

    static ArchRule refusalsAreFaults(String root) {
        return classes()
                .that()
                .areAssignableTo(Throwable.class)
                .and()
                .resideOutsideOfPackages(
                        Arrays.stream(ELSEWHERE).map(one -> root + one).toArray(String[]::new))
                .and(DescribedPredicate.not(DescribedPredicate.describe(
                        "are one of " + NO_REFUSALS,
                        type -> NO_REFUSALS.contains(type.getName().substring(root.length() + 1)))))
                .should()
                .beAssignableTo(root + ".fault.Fault");
    }

    static ArchRule onlyHttpKnowsHttp(String root) {
        var server = noClasses()
                .that(DescribedPredicate.not(resideInAPackage(root + ".http..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..")
                        .or(assignableTo(java.net.HttpURLConnection.class)));
        var client = noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(root + ".request..", root + ".client..")))
                .should()
                .dependOnClassesThat(resideInAPackage("java.net.http.."));
        return CompositeArchRule.of(server).and(client);
    }

    private static boolean isCalledByFramework(JavaClass type) {
        return CALLED.stream().anyMatch(type::isAssignableTo)
                || type.getAnnotations().stream().anyMatch(annotation -> FRAMEWORK.test(annotation.getRawType()))
                || type.getEnclosingClass().filter(Purity::isCalledByFramework).isPresent();
    }
}
