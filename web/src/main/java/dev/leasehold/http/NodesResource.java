package dev.leasehold.http;

import dev.leasehold.node.NodeRecord;
import dev.leasehold.node.Nodes;
import dev.leasehold.sql.Repeats;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Which nodes take part, and when they were last heard of. */
@Path("v1/nodes")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class NodesResource {

    private record Listing(List<NodeView> nodes) {}

    private record NodeView(
            UUID nodeId, String name, Instant startedAt, Instant heartbeatAt, Instant expiry, String status) {
        static NodeView of(NodeRecord node, Instant now) {
            return new NodeView(
                    node.id(),
                    node.name(),
                    node.startedAt(),
                    node.heartbeatAt(),
                    node.expiry(),
                    node.status(now).name().toLowerCase(Locale.ROOT));
        }
    }

    @Inject
    Repeats repeats;

    @Inject
    Nodes nodes;

    @Inject
    @Leasehold
    Clock clock;

    /** All that are known; one that was lost for a day is forgotten. */
    @GET
    public byte[] list() {
        Instant now = clock.instant();
        return Json.write(repeats.call(() -> new Listing(
                nodes.all().stream().map(node -> NodeView.of(node, now)).toList())));
    }
}
