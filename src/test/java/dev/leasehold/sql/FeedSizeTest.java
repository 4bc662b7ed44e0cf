package dev.leasehold.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.event.Feed;
import dev.leasehold.sql.FeedStatement.Place;
import dev.leasehold.sql.FeedStatement.Wanted;
import dev.leasehold.tenant.Caller;
import java.util.List;
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
    private static final Values SPAN = new Values()
            .set("tenant", Caller.DEFAULT_TENANT)
            .set("from", 1450L)
            .set("to", 1460L)
            .set("pos", 1450L)
            .set("run_id", Feed.START.runId())
            .set("only_run", Feed.START.runId())
            .set("task_id", Feed.START.runId())
            .set("version", 1)
            .set("any_type", false)
            .set("any_run", true)
            .set("type", "run.held")
            .set("max", 100);

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
                        "'" + Caller.DEFAULT_TENANT + "'",
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
        boolean h2 = database == Database.H2;
        for (String name : List.of("feed", "feed_stretch", "feed_held_back")) {
            String plan = plan(Sql.of(h2 ? "h2" : "postgresql", name));
            assertThat(plan).as(name).contains(h2 ? "EVENT_POS" : "Bitmap Index Scan on event_pos");
            if (h2 && name.equals("feed")) {
                assertThat(plan).contains("index sorted");
            }
        }
    }

    @Test
    void aStartReadsNoMoreEventsThanItHasTo() {
        if (database == Database.POSTGRESQL) {
            manyEvents();

            String plan = queue.in(() -> queue.get(QueueSession.class).work(connection -> {
                Planning.forPositions(connection);
                Sql raise = Sql.of("postgresql", "raise_position_base");
                return Plans.explain(connection, database, "costs off", raise, new Values());
            }));

            assertThat(plan).contains("Bitmap Index Scan on event_pos");
        }
    }

    private void theEventsOfOneRunAreFoundByItsKey() {
        boolean h2 = database == Database.H2;
        assertThat(plan(Sql.of("common", "feed_of_run"))).contains(h2 ? "AND RUN_ID = " : "event_pkey");
        assertThat(plan(Sql.of("common", "feed_of_task"))).contains(h2 ? "AND RUN_ID IN(" : "event_pkey");
    }

    /** In a transaction in which a page was read before, as every statement of a page but the first is. */
    private String plan(Sql sql) {
        Wanted all = new Wanted(null, null, null);
        return queue.in(() -> {
            queue.get(Feed.class).page(Fixture.CALLER, Feed.START, all, 1);
            return queue.get(QueueSession.class)
                    .work(connection -> Plans.explain(connection, database, "costs off", sql, SPAN));
        });
    }
}
