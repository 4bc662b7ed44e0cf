package dev.leasehold.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.letter.LetterStatus;
import dev.leasehold.run.Replay;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Step;
import dev.leasehold.run.Transition;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The statements as files: what they say of states and events, and that somebody uses them. */
class StatementsTest {

    private static final Pattern LITERAL = Pattern.compile("(\\|\\|\\s*)?'([^']*)'(\\s*\\|\\|)?");
    private static final Pattern COMPARED = Pattern.compile("state (=|<>|in \\()\\s*'([^']*)'");

    private static Path root;
    private static FileSystem archive;

    @BeforeAll
    static void open() throws Exception {
        URI code = Sql.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        if (Files.isDirectory(Path.of(code))) {
            root = Path.of(code).resolve("dev/leasehold");
        } else {
            archive = FileSystems.newFileSystem(Path.of(code));
            root = archive.getPath("dev/leasehold");
        }
    }

    @AfterAll
    static void close() throws IOException {
        if (archive != null) {
            archive.close();
        }
    }

    @Test
    void everyFileOfADatabaseIsUsedBySomeClass() throws Exception {
        Set<String> used = new HashSet<>();
        for (Class<?> type : classes()) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    for (Sql statement : statements(field.get(null))) {
                        used.add(text(statement));
                    }
                }
            }
        }

        Map<String, String> files = files();
        assertThat(files).hasSizeGreaterThanOrEqualTo(30);
        for (String file : files.keySet()) {
            String[] parts = file.split("/", -1);
            Sql statement = Sql.of(parts[0], parts[1].replace(".sql", ""));
            assertThat(used).as("a class uses %s", file).contains(text(statement));
        }
    }

    private static List<Sql> statements(@Nullable Object constant) {
        if (constant instanceof PerDatabase each) {
            return List.of(each.h2(), each.postgresql());
        }
        return constant instanceof Sql one ? List.of(one) : List.of();
    }

    private static String text(Sql statement) throws ReflectiveOperationException {
        Field text = Sql.class.getDeclaredField("text");
        text.setAccessible(true);
        return (String) text.get(statement);
    }

    @Test
    void everyLiteralIsAStateAStepOrAnEventType() throws IOException {
        Set<String> seen = new HashSet<>();
        files().forEach((file, sql) -> LITERAL.matcher(sql).results().forEach(found -> {
            boolean joined = found.group(1) != null || found.group(3) != null;
            assertThat(known(found.group(2), joined))
                    .as("%s in %s is known", found.group(), file)
                    .isTrue();
            seen.add(found.group(2));
        }));

        assertThat(seen)
                .contains("Ready", "run.promoted", ">Scheduled,Scheduled>Ready", "Running>", ">Ready", "Suspended");
    }

    private static boolean known(String literal, boolean joined) {
        if (literal.contains(">")) {
            return joined ? isPart(literal) : isHistory(literal);
        }
        return Replay.EVENT_TYPES.contains(literal)
                || words().contains(literal)
                || literal.equals(CauseRerunRow.RUNNING)
                || LetterStatus.ofWord(literal).isPresent();
    }

    /** One end of a step whose other end is a column: some step has that end. */
    private static boolean isPart(String literal) {
        return steps().anyMatch(step -> literal.startsWith(">")
                ? step.text().endsWith(literal)
                : step.text().startsWith(literal) && literal.endsWith(">"));
    }

    /** Steps that are allowed, each from where the one before arrived. */
    private static boolean isHistory(String literal) {
        List<Step> history = Step.parse(literal);
        for (int i = 1; i < history.size(); i++) {
            if (history.get(i).from() != history.get(i - 1).to()) {
                return false;
            }
        }
        return !history.isEmpty() && steps().toList().containsAll(history);
    }

    @Test
    void everyStateThatIsSetOrComparedIsAState() throws IOException {
        Set<String> compared = new HashSet<>();
        files().values().forEach(sql -> COMPARED.matcher(sql).results().forEach(found -> compared.add(found.group(2))));

        assertThat(compared).contains("Ready", "Leased", "Running", "Scheduled");
        assertThat(words()).containsAll(compared);
    }

    @Test
    void theTestWouldNoticeWhatIsWrong() {
        assertThat(known("Redy", false)).isFalse();
        assertThat(known("run.done", false)).isFalse();
        assertThat(known("Ready>Running", false)).isFalse();
        assertThat(known("Ready>Leased,Running>Completed", false)).isFalse();
        assertThat(known("Completed>", true)).isFalse();
        assertThat(known(">Nowhere", true)).isFalse();
        assertThat(known(">Ready", false)).isFalse();
        assertThat(known("Ready>Leased,Leased>Running", false)).isTrue();
    }

    private static Stream<Step> steps() {
        return Arrays.stream(Transition.values()).flatMap(verb -> verb.steps().stream());
    }

    private static Collection<String> words() {
        return Arrays.stream(RunState.values()).map(RunState::word).toList();
    }

    private static Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String folder : List.of("common", "h2", "postgresql")) {
            try (Stream<Path> list = Files.list(root.resolve("sql").resolve(folder))) {
                for (Path file :
                        list.filter(path -> path.toString().endsWith(".sql")).toList()) {
                    files.put(folder + "/" + file.getFileName(), Files.readString(file));
                }
            }
        }
        return files;
    }

    private static List<Class<?>> classes() throws IOException, ClassNotFoundException {
        try (Stream<Path> all = Files.walk(root.resolve("sql"))) {
            List<Class<?>> classes = new ArrayList<>();
            for (Path file :
                    all.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name =
                        root.relativize(file).toString().replace(".class", "").replace('/', '.');
                if (!name.endsWith("package-info")) {
                    classes.add(Class.forName("dev.leasehold." + name));
                }
            }
            return classes;
        }
    }
}
