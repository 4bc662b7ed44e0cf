package dev.leasehold.wake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool may lend a connection that is lost: whatever it fails at, it goes back. */
class LinesTest {

    private final List<String> called = new ArrayList<>();

    /** Lends one connection, whose that method fails. */
    private DataSource lending(String lost) {
        Connection connection = stub(Connection.class, lost);
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, given) -> connection);
    }

    private <T> T stub(Class<T> type, String lost) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    called.add(method.getName());
                    if (method.getName().equals(lost)) {
                        throw new SQLException("gone", "08006");
                    }
                    return method.getReturnType() == boolean.class
                            ? method.getName().equals("isWrapperFor")
                            : null;
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"getAutoCommit", "setAutoCommit"})
    void oneThatIsBorrowed(String lost) {
        assertThatThrownBy(() -> Lines.borrow(lending(lost))).hasMessage("gone");

        assertThat(called).endsWith(lost, "close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"getAutoCommit", "setAutoCommit", "isWrapperFor", "unwrap"})
    void oneThatIsKept(String lost) {
        assertThatThrownBy(() -> Lines.open(lending(lost))).hasMessage("gone");

        assertThat(called).endsWith(lost, "close");
    }
}
