package dev.leasehold.http;

import dev.leasehold.doctor.Diagnosis;
import dev.leasehold.doctor.Doctor;
import dev.leasehold.doctor.Finding;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with the database, as this node meets it, and what mends it. */
@Path("v1/doctor")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class DoctorResource {

    private record View(String severity, Instant checkedAt, String node, String database, List<FindingView> findings) {
        static View of(Diagnosis seen) {
            return new View(
                    seen.severity().word(),
                    seen.checkedAt(),
                    seen.node(),
                    seen.database(),
                    seen.findings().stream().map(FindingView::of).toList());
        }
    }

    private record FindingView(
            String code,
            String severity,
            String seen,
            Map<String, Object> detail,
            String why,
            @Nullable String mend) {
        static FindingView of(Finding one) {
            return new FindingView(
                    one.code().word(),
                    one.severity().word(),
                    one.seen(),
                    one.detail(),
                    one.code().why(),
                    one.mend());
        }
    }

    @Inject
    Doctor doctor;

    /** Outside of any transaction: each of its looks is one of its own. */
    @GET
    public byte[] examine() {
        return Json.write(View.of(doctor.examine()));
    }
}
