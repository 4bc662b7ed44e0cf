package dev.leasehold.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Handler;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.Handles;
import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.database.Golden;
import dev.leasehold.run.RunState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The Java of docs/handlers.md is the code of {@link DocumentExample}, and does what the document says. */
class DocumentExampleTest {

    private static final String DOCUMENT = Golden.read("docs/handlers.md");

    @Test
    void theDocumentShowsWhatIsRun() {
        List<String> shown = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(DOCUMENT.substring(DOCUMENT.indexOf("## What a handler is given")))
                .results()
                .map(block -> plain(block.group(1)))
                .toList();
        String run = plain(Golden.read("src/test/java/dev/leasehold/testing/DocumentExample.java"));

        assertThat(shown).hasSize(7);
        assertThat(shown).allSatisfy(block -> assertThat(run).contains(block));
    }

    private static String plain(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void theLedgerIsClosedAndALetterSent() throws SQLException {
        List<String> sent = new ArrayList<>();
        try (TestQueue queue = TestQueue.with(new DocumentExample.SendLetter(sent::add));
                Connection connection = queue.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table key_fence (name varchar(255) primary key, fence bigint not null)");
            statement.execute(
                    "create table ledger_month as select x as number, false as closed from system_range(1, 12)");
            queue.add(new DocumentExample.CloseLedger(queue.dataSource()));
            queue.submit(NewTask.of("ledger.close")
                    .payload(Payload.text("Rent"))
                    .gates(NewTask.Gates.key("Rent", HoldPolicy.HOLD_DURING_RETRY)));
            queue.runAll();

            assertThat(sent).containsExactly("Rent is closed");
            try (ResultSet open = statement.executeQuery("select 1 from ledger_month where not closed")) {
                assertThat(open.next()).isFalse();
            }
        }
    }

    @Test
    void theInvoiceIsPaidOrNot() {
        try (TestQueue queue = TestQueue.with()) {
            queue.add(new DocumentExample.PayInvoice(queue.clock()));
            UUID paid = queue.submit(NewTask.of("invoice.pay").payload(Payload.text("1")));
            UUID forgotten = queue.submit(NewTask.of("invoice.pay").payload(Payload.text("2")));
            queue.runAll();
            queue.signals().send(queue.runs(paid).get(0).id(), "paid", null);
            queue.runAll();
            assertThat(queue.runs(paid).get(0).state()).isEqualTo(RunState.COMPLETED);
            queue.clock().advance(Duration.ofDays(30));
            queue.runAll();

            assertThat(queue.runs(forgotten).get(0).state()).isEqualTo(RunState.FAILED);
        }
    }

    @Test
    void theLetterIsSent() {
        new DocumentExample().aLetterIsSentWhenThePostHasOpened();
    }

    @Test
    void theCreditIsFoundToBeGivenTwiceInTheWordsOfTheDocument() {
        assertThatThrownBy(DocumentExample::explore)
                .isInstanceOf(AssertionError.class)
                .satisfies(failure -> {
                    String[] lines =
                            failure.getMessage().replaceAll("\\(.*\\)", "(…)").split("\\R", -1);
                    assertThat(DOCUMENT).contains(lines[lines.length - 2].strip(), lines[lines.length - 1].strip());
                });
    }

    @Handles(value = "account.credit", transaction = HandlerTransaction.WITH_COMPLETION)
    private static final class CreditTogether extends DocumentExample.Credit {
        CreditTogether(DataSource database) {
            super(database);
        }
    }

    @Test
    void withItsCompletionTheCreditIsGivenOnce() {
        Exploration explored = CrashExplorer.of(() -> new DocumentExample.CreditOnce() {
                    @Override
                    public List<Handler<?>> handlers(TestQueue queue) {
                        return List.of(new CreditTogether(queue.dataSource()));
                    }
                })
                .explore();

        assertThat(explored.schedules()).isGreaterThan(50);
    }
}
