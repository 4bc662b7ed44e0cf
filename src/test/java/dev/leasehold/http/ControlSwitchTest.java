package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlSwitchTest {

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/tasks/7/cancel",
        "POST, v1/tasks/7/cancel",
        "POST, /v1/runs/7/cancel",
        "POST, /v1/runs/7/hold/",
        "POST, /v1/engine/pause",
        "PUT, /v1/queues/mail",
        "PUT, /v1/limits/key/leases",
        "DELETE, /v1/subscriptions/7",
        "POST, /v1/what/comes/later",
        "POST, /v1/leases/revoke",
        "POST, /v1/attempts/kill",
        "POST, /v1/tasks/batch/cancel"
    })
    void ordersAreWhatChangesTheWorkOfOthers(String method, String path) {
        assertThat(ControlSwitch.isOrder(method, path)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/runs/7",
        "HEAD, /v1/engine/pause",
        "POST, /v1/tasks",
        "POST, v1/tasks/",
        "POST, /v1/tasks/batch",
        "POST, /v1/leases",
        "POST, /v1/leases/renew",
        "POST, /v1/attempts/finish",
        "POST, /v1/schedules/preview"
    })
    void readingSubmittingAndWorkAreNot(String method, String path) {
        assertThat(ControlSwitch.isOrder(method, path)).isFalse();
    }

    /** Whoever adds a method that changes something decides here whether it is there without control. */
    @Test
    void ofAllThatChangesSomethingTheseAreLeft() {
        Set<String> left = new TreeSet<>();
        int orders = 0;
        for (Class<?> resource : resources()) {
            String root = resource.getAnnotation(Path.class).value();
            for (Method method : resource.getDeclaredMethods()) {
                Path path = method.getAnnotation(Path.class);
                String whole = path == null ? root : root + "/" + path.value();
                for (String verb : verbs(method)) {
                    if (ControlSwitch.isOrder(verb, "/" + whole.replaceAll("\\{\\w+}", "7"))) {
                        orders++;
                    } else if (!verb.equals("GET")) {
                        left.add(verb + " " + whole);
                    }
                }
            }
        }

        assertThat(orders).isGreaterThan(15);
        assertThat(left)
                .containsExactly(
                        "POST v1/attempts/finish",
                        "POST v1/attempts/start",
                        "POST v1/leases",
                        "POST v1/leases/release",
                        "POST v1/leases/renew",
                        "POST v1/schedules/preview",
                        "POST v1/tasks",
                        "POST v1/tasks/batch");
    }

    private static List<String> verbs(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(one -> one.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .map(HttpMethod::value)
                .toList();
    }

    private static List<Class<?>> resources() {
        return new ClassFileImporter()
                .importPackages(ControlSwitch.class.getPackageName()).stream()
                        .filter(type -> type.getSimpleName().endsWith("Resource"))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
    }
}
