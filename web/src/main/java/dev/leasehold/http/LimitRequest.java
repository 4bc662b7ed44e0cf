package dev.leasehold.http;

import dev.leasehold.sql.LimitStatement.Limit;
import dev.leasehold.sql.PermitRow;
import dev.leasehold.sql.PermitScope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and shows limits. */
final class LimitRequest {

    private static final String LIMIT = "limit";
    private static final int HIGHEST = 1_000_000;

    private LimitRequest() {}

    static boolean isIn(Members members) {
        return members.names(LIMIT);
    }

    /** The limit that the members ask for; null takes it away, which for a key leaves one run at a time. */
    static Limit of(Members members, PermitScope scope, String name) {
        Long limit = members.whole(LIMIT, 0, HIGHEST);
        Integer usual = scope == PermitScope.KEY ? 1 : null;
        Integer most = limit == null ? usual : Integer.valueOf(limit.intValue());
        return new Limit(scope, name, most, Fields.reason(members));
    }

    /** How many may be, and how many are. */
    static Map<String, Object> view(Item item, @Nullable PermitRow permit) {
        return item.with(LIMIT, permit == null ? null : permit.most())
                .with("used", permit == null ? 0 : permit.used())
                .members();
    }
}
