package dev.leasehold.http;

import dev.leasehold.audit.AuditLedger;
import dev.leasehold.audit.Chain;
import dev.leasehold.audit.Verification;
import dev.leasehold.audit.Violation;
import dev.leasehold.sql.AuditHead;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What operators did, and the proof that nobody changed the record of it (http.md 4b). */
@Path("v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class AuditResource {

    private record Listing(List<AuditView> records, Optional<String> next) {}

    private record Report(
            boolean ok, long checked, @Nullable Found firstViolation) {
        static Report of(Verification verification) {
            Violation first = verification.violation();
            return new Report(
                    first == null,
                    verification.checked(),
                    first == null ? null : new Found(first.seq(), first.kind().word()));
        }
    }

    private record Found(long seq, String kind) {}

    @Inject
    Repeats repeats;

    @Inject
    AuditLedger ledger;

    /** A page of records in their order: all, or those about one run. */
    @GET
    public byte[] list(@Context UriInfo uri) {
        AuditQuery query = AuditQuery.of(new Query(uri.getQueryParameters()));
        List<AuditView> records =
                repeats.call(() -> ledger.page(Caller.local(), query.run(), query.after(), query.limit())).stream()
                        .map(AuditView::of)
                        .toList();
        boolean full = records.size() == query.limit();
        String next = full ? String.valueOf(records.get(records.size() - 1).seq()) : null;
        return Json.write(new Listing(records, Optional.ofNullable(next)));
    }

    /** Looks at every record. */
    @GET
    @Path("verify")
    public byte[] verify() {
        return Json.write(Report.of(ledger.verify(Caller.local())));
    }

    /** Every record there is, a line each, and a last line that says what there was. */
    @GET
    @Path("export")
    @Produces("application/x-ndjson")
    public Response export() {
        AuditHead head = ledger.head(Caller.local());
        StreamingOutput lines = out -> {
            AuditExport export = new AuditExport(out);
            ledger.read(Caller.local(), head, row -> export.line(Chain.line(head.place(), row), row));
            export.end();
        };
        return Response.ok(lines).build();
    }
}
