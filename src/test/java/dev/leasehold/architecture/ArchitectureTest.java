package dev.leasehold.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {
    private static final String ROOT = "dev.leasehold";
    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("conformance"))
            .withImportOption(location -> !location.contains("/dev/leasehold/bench/"))
            .importPackages(ROOT);

    @ParameterizedTest
    @EnumSource
    void holds(Rule rule) {
        rule.on(ROOT).check(PRODUCTION);
    }

    @Test
    void everyModuleIsRead() {
        assertThat(PRODUCTION)
                .extracting(type -> type.getPackageName().replaceFirst("^dev\\.leasehold\\.", ""))
                .contains("api", "client", "cli", "run", "http", "testing")
                .doesNotContain("architecture", "bench", "conformance");
    }
}
