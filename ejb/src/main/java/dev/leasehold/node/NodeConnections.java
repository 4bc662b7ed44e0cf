package dev.leasehold.node;

import dev.leasehold.sql.catalog.Connections;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections of the data source with which the node started. */
@ApplicationScoped
public class NodeConnections implements Connections {

    @Inject
    Node node;

    @Override
    public Connection open() throws SQLException {
        return node.dataSource().getConnection();
    }
}
