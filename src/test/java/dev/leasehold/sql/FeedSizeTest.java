package dev.leasehold.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.event.Feed;
import dev.leasehold.sql.FeedStatement.Place;
import dev.leasehold.sql.FeedStatement.Wanted;
import dev.leasehold.tenant.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A feed of many events: which way the statements take to them, and that no page is for ever in the making. */
@ParameterizedClass
@EnumSource(Database.class)
class FeedSizeTest {

    private static final int EVENTS = 150_000;
    private static final String ANY = "'00000000-0000-0000-0000-000000000000'";
    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("tenant", "'" + Caller.DEFAULT_TENANT + "'"),
            Map.entry("from", "1450"),
            Map.entry("to", "1460"),
            Map.entry("pos", "1450"),
            Map.entry("run_id", ANY),
            Map.entry("only_run", ANY),
            Map.entry("task_id", ANY),
            Map.entry("version", "1"),
            Map.entry("any_type", "false"),
            Map.entry("any_run", "true"),
            Map.entry("type", "'run.held'"),
            Map.entry("max", "100"));

    private final Database database;
    private final Fixture queue;

    FeedSizeTest(Database database) {
        this.database = database;
        queue = new Fixture(database);
    }

    /** A hundred events at each position, before those that commands write. */
    private void manyEvents() {
        boolean h2 = database == Database.H2;
        queue.tamper("""
                insert into leasehold.event (tenant_id, run_id, version, pos, type, occurred_at, actor, transitions)
                select cast(%s as uuid), %s, 1, x / 100, 'note.appended', timestamp with time zone '2026-01-01 00:00:00Z', 'a', ''
                from %s
                """.formatted(
                        PARAMETERS.get("tenant"),
                        h2 ? "random_uuid()" : "gen_random_uuid()",
                        h2 ? "system_range(1, " + EVENTS + ")" : "generate_series(1, " + EVENTS + ") as s (x)"));
        if (h2) {
            queue.tamper("analyze");
        } else {
            queue.tamper("update leasehold.position_base set base = " + EVENTS);
            queue.tamper("vacuum analyze leasehold.event");
        }
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void indexesAreUsedAndNoPagePassesOverAllThereIs() {
        manyEvents();
        aSpanOfPositionsIsFoundByItsIndex();
        theEventsOfOneRunAreFoundByItsKey();
        whatIsWantedIsFoundBehindManyOthersPageByPage();
    }

    private void whatIsWantedIsFoundBehindManyOthersPageByPage() {
        try (Fixture restarted = new Fixture(database, queue.dataSource)) {
            UUID run = restarted.run(NewTask.of("mail"));
            Wanted promoted = new Wanted("run.promoted", null, null);

            int pages = 0;
            Feed.Page page;
            Place place = Feed.START;
            do {
                Place after = place;
                page = restarted.in(() -> restarted.get(Feed.class).page(Fixture.CALLER, after, promoted, 10));
                assertThat(page.next()).isNotEqualTo(after);
                place = page.next();
                pages++;
            } while (page.events().isEmpty());

            assertThat(page.events()).extracting(EventRow::runId).containsExactly(run);
            assertThat(pages)
                    .as("pages that pass over at most 100,000 events or so")
                    .isBetween(2, 3);
        }
    }

    private void aSpanOfPositionsIsFoundByItsIndex() {
        String wanted = database == Database.H2 ? "EVENT_POS" : "Bitmap Index Scan on event_pos";
        for (String name : List.of("feed", "feed_stretch", "feed_held_back")) {
            String plan = plan(folder(), name);
            assertThat(plan).as(name).contains(wanted);
            if (database == Database.H2 && name.equals("feed")) {
                assertThat(plan).contains("index sorted");
            }
        }
    }

    private void theEventsOfOneRunAreFoundByItsKey() {
        String wanted = database == Database.H2 ? "AND RUN_ID = " : "event_pkey";
        assertThat(plan("common", "feed_of_run")).contains(wanted);
        assertThat(plan("common", "feed_of_task")).contains(database == Database.H2 ? "AND RUN_ID IN(" : "event_pkey");
    }

    private String folder() {
        return database == Database.H2 ? "h2" : "postgresql";
    }

    private String plan(String folder, String name) {
        String sql = source(folder + "/" + name + ".sql");
        for (Map.Entry<String, String> parameter : PARAMETERS.entrySet()) {
            sql = sql.replaceAll(":" + parameter.getKey() + "\\b", parameter.getValue());
        }
        List<String> plan = new ArrayList<>();
        try (Connection connection = queue.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            if (database == Database.POSTGRESQL) {
                Values setting =
                        new Values().set("setting", "enable_bitmapscan").set("value", "on");
                connection.setAutoCommit(false);
                Sql.of("postgresql", "allow_bitmaps").query(connection, setting, row -> row.getString(1));
            }
            try (ResultSet rows = statement.executeQuery("explain " + sql)) {
                while (rows.next()) {
                    plan.add(rows.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return String.join("\n", plan);
    }

    private static String source(String file) {
        try (InputStream in = Objects.requireNonNull(Sql.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
