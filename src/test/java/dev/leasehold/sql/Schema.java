package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.h2.jdbcx.JdbcConnectionPool;

/** What the migrations made of a database, read from its own catalog. */
final class Schema {

    /** An index, that of a primary or unique key included. */
    record Index(String table, String name, List<String> columns) {}

    private static final List<String> OF_H2 = List.of("""
            select lower(table_name), 'column', lower(column_name), lower(data_type),
              coalesce(character_maximum_length, datetime_precision, numeric_precision),
              case is_nullable when 'NO' then 'not null' end,
              case is_identity when 'YES' then 'identity ' || identity_generation end, column_default
            from information_schema.columns where table_schema = 'LEASEHOLD'
            order by lower(table_name), ordinal_position
            """, """
            select lower(k.table_name), lower(t.constraint_type),
              case when t.constraint_name not like 'CONSTRAINT%' then lower(t.constraint_name) end,
              lower(listagg(k.column_name, ', ') within group (order by k.ordinal_position))
            from information_schema.table_constraints t
            join information_schema.key_column_usage k
              on k.constraint_schema = t.constraint_schema and k.constraint_name = t.constraint_name
            where t.constraint_schema = 'LEASEHOLD'
            group by k.table_name, t.constraint_type, t.constraint_name
            order by 1, 2, 4
            """, """
            select lower(t.table_name), 'check',
              case when c.constraint_name not like 'CONSTRAINT%' then lower(c.constraint_name) end, c.check_clause
            from information_schema.check_constraints c
            join information_schema.table_constraints t
              on t.constraint_schema = c.constraint_schema and t.constraint_name = c.constraint_name
            where c.constraint_schema = 'LEASEHOLD' order by 1, 4
            """, """
            select lower(i.table_name), 'index', lower(i.index_name),
              lower(listagg(i.column_name || ' ' || i.ordering_specification, ', ')
                within group (order by i.ordinal_position))
            from information_schema.index_columns i
            join information_schema.indexes x on x.index_schema = i.index_schema and x.index_name = i.index_name
            where i.index_schema = 'LEASEHOLD' and x.is_generated = false
            group by i.table_name, i.index_name order by 1, 3
            """);

    private static final List<String> OF_POSTGRESQL = List.of("""
            select c.relname, 'column', a.attname, format_type(a.atttypid, a.atttypmod),
              case when a.attnotnull then 'not null' end,
              case a.attidentity when 'a' then 'identity always' when 'd' then 'identity by default' end,
              pg_get_expr(d.adbin, d.adrelid)
            from pg_attribute a
            join pg_class c on c.oid = a.attrelid
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where c.relnamespace = 'leasehold'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
            order by c.relname, a.attnum
            """, """
            select c.relname, 'constraint', k.conname, pg_get_constraintdef(k.oid)
            from pg_constraint k join pg_class c on c.oid = k.conrelid
            where k.connamespace = 'leasehold'::regnamespace and k.contype <> 'n' order by 1, 3
            """, """
            select tablename, 'index', indexname, indexdef
            from pg_indexes where schemaname = 'leasehold' order by 1, 3
            """, """
            select relname, 'options', array_to_string(reloptions, ', ')
            from pg_class
            where relnamespace = 'leasehold'::regnamespace and relkind = 'r' and reloptions is not null order by 1
            """);

    private Schema() {}

    /** Tables, columns, keys, checks, indexes and options, a line each. */
    static String dump(JdbcConnectionPool pool, Database database) throws SQLException {
        StringBuilder dump = new StringBuilder();
        for (String query : database == Database.H2 ? OF_H2 : OF_POSTGRESQL) {
            dump.append(lines(pool, query)).append('\n');
        }
        return dump.toString();
    }

    /** The rows of a query, a line each, without what is null. */
    static String lines(JdbcConnectionPool pool, String query) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            StringBuilder lines = new StringBuilder();
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    if (rows.getString(i) != null) {
                        cells.add(rows.getString(i));
                    }
                }
                lines.append(String.join(" | ", cells)).append('\n');
            }
            return lines.toString();
        }
    }

    /** The names of the tables, ascending. */
    static List<String> tables(JdbcConnectionPool pool, Database database) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return spelled(connection, database).stream()
                    .map(table -> table.toLowerCase(Locale.ROOT))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> spelled(Connection connection, Database database) throws SQLException {
        String[] kinds = {"TABLE", "BASE TABLE"};
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = connection.getMetaData().getTables(null, database.schema(), null, kinds)) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
        return tables;
    }

    /** Every index of every table. */
    static List<Index> indexes(JdbcConnectionPool pool, Database database) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (Connection connection = pool.getConnection()) {
            DatabaseMetaData catalog = connection.getMetaData();
            for (String table : spelled(connection, database)) {
                TreeMap<String, List<String>> columns = new TreeMap<>();
                try (ResultSet rows = catalog.getIndexInfo(null, database.schema(), table, false, true)) {
                    while (rows.next()) {
                        if (rows.getString("INDEX_NAME") != null) {
                            columns.computeIfAbsent(lower(rows, "INDEX_NAME"), name -> new ArrayList<>())
                                    .add(lower(rows, "COLUMN_NAME"));
                        }
                    }
                }
                columns.forEach((name, list) -> indexes.add(new Index(table.toLowerCase(Locale.ROOT), name, list)));
            }
        }
        return indexes;
    }

    private static String lower(ResultSet row, String column) throws SQLException {
        return row.getString(column).toLowerCase(Locale.ROOT);
    }
}
