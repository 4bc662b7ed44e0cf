package dev.leasehold.sql.catalog;

import dev.leasehold.sql.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An index that the migrations make on PostgreSQL, from a list that a test compares with what they made.
 *
 * @param table its table
 * @param name its name
 * @param constraint {@code p} where it is a primary key's, {@code u} a unique key's, {@code -} neither's
 * @param definition the statement that makes it, as the database writes it
 */
public record ExpectedIndex(String table, String name, String constraint, String definition) {

    private static final String FILE = "/dev/leasehold/sql/indexes.txt";
    private static final Pattern CELLS = Pattern.compile(" \\| ");

    /** All of them, by name. */
    public static List<ExpectedIndex> all() {
        try (InputStream in = ExpectedIndex.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("no list " + FILE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> CELLS.split(line, 4))
                    .map(cells -> new ExpectedIndex(cells[0], cells[1], cells[2], cells[3]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether rows that must not be twice are kept apart by it. */
    public boolean unique() {
        return definition.startsWith("CREATE UNIQUE ");
    }

    /** The statements that make it beside those who write; each ends with a semicolon, none runs in a transaction. */
    public String creation() {
        String index = definition.replaceFirst(" INDEX ", " INDEX CONCURRENTLY ") + ";";
        String table = "alter table " + Database.POSTGRESQL.schema() + "." + this.table + " add constraint " + name;
        return switch (constraint) {
            case "p" -> index + "\n" + table + " primary key using index " + name + ";";
            case "u" -> index + "\n" + table + " unique using index " + name + ";";
            default -> index;
        };
    }
}
