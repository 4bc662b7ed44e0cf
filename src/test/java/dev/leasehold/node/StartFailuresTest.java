package dev.leasehold.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.ConnectException;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the drivers' own messages. */
class StartFailuresTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://localhost:99999/db?user=me&password=my-secret",
                "jdbc:postgresql://localhost:x/db?password=my-secret&ssl=true",
                "jdbc:postgresql://localhost:x/db?password=my secret",
                "jdbc:postgresql://me:my-secret@nowhere.invalid:5432/db",
                "jdbc:h2:nowhere;FOO;PASSWORD=my-secret",
                "jdbc:h2:mem:x;IGNORE=1;PASSWORD=my secret;BAR",
                "jdbc:h2:nowhere my-secret"
            })
    void noSecretOfTheUrlIsShown(String url) {
        SQLException failure = refusal(url);

        assertThat(StartFailures.reason(failure, url)).doesNotContain("secret").contains("Exception: ");
    }

    @Test
    void whatElseTheDriverSaysIsShown() {
        String url = "jdbc:h2:nowhere";
        assertThat(StartFailures.reason(refusal(url), url))
                .contains("A file path that is implicitly relative")
                .contains("database URL \"leasehold.database-url\"");
        assertThat(StartFailures.reason(new SQLException(new ConnectException("Connection refused")), url))
                .isEqualTo("java.net.ConnectException: Connection refused");
    }

    @Test
    void anotherUrlThanTheConfiguredShowsNoPasswordEither() {
        SQLException failure = new SQLException("cannot parse jdbc:postgresql://me:one@host/db?password=two&ssl=true");

        assertThat(StartFailures.reason(failure, "jdbc:h2:mem:"))
                .isEqualTo("java.sql.SQLException: cannot parse jdbc:postgresql://***@host/db?password=***&ssl=true");
    }

    private static SQLException refusal(String url) {
        Driver driver = url.startsWith("jdbc:h2:") ? new org.h2.Driver() : new org.postgresql.Driver();
        return catchThrowableOfType(SQLException.class, () -> driver.connect(url, new Properties()));
    }
}
