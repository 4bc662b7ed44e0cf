package dev.leasehold.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The product with some of its lines changed: to break a guard on purpose, or to give one node a clock that is wrong. The
 * changed files stand before the product's own on a path of the test's; the product knows nothing of it.
 */
public final class Changed {

    private static final String CODE = "ejb/src/main/java/";
    private static final String STATEMENTS = "ejb/src/main/resources/";
    private static final String JAVA = ".java";

    private final Map<String, String> sources = new HashMap<>();

    /**
     * Changes a file.
     *
     * @param file a class's source or a statement, from the root of its source folder
     * @param lines what has to stand in it exactly once
     * @param instead what stands there instead
     */
    public Changed with(String file, String lines, String instead) {
        String source =
                sources.computeIfAbsent(file, any -> Golden.read((file.endsWith(JAVA) ? CODE : STATEMENTS) + file));
        assertThat(source.split(Pattern.quote(lines), -1))
                .as("%s stands once in %s", lines, file)
                .hasSize(2);
        sources.put(file, source.replace(lines, instead));
        return this;
    }

    /** The changed classes and statements by their paths. */
    public Map<String, byte[]> files() {
        Map<String, byte[]> files = new HashMap<>();
        sources.forEach((file, source) -> {
            if (file.endsWith(JAVA)) {
                files.putAll(compiled(file, source));
            } else {
                files.put(file, source.getBytes(StandardCharsets.UTF_8));
            }
        });
        return files;
    }

    /** Loads the product and its tests anew, as they are but for the changes. */
    public ClassLoader loader() {
        return new Loader(files());
    }

    private static Map<String, byte[]> compiled(String file, String source) {
        try {
            Path folder = Files.createTempDirectory("changed");
            try {
                return compiled(folder, file, source);
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> compiled(Path folder, String file, String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            Path java = folder.resolve(file);
            Files.createDirectories(java.getParent());
            Files.writeString(java, source);
            List<String> options = List.of(
                    "-proc:none", "-nowarn", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
            assertThat(compiler.getTask(null, manager, null, options, null, manager.getJavaFileObjects(java))
                            .call())
                    .isTrue();
            return classes(folder);
        }
    }

    private static Map<String, byte[]> classes(Path folder) throws IOException {
        Map<String, byte[]> classes = new HashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one :
                    all.filter(path -> path.toString().endsWith(".class")).toList()) {
                classes.put(folder.relativize(one).toString(), Files.readAllBytes(one));
            }
        }
        return classes;
    }

    /** Of the project's own classes all but those that say which databases there are come from here. */
    private static final class Loader extends ClassLoader {

        private static final String OWN = "dev.leasehold.";
        private static final List<String> SHARED = List.of(TestDatabases.class.getName(), "dev.leasehold.sql.Database");

        private final Map<String, byte[]> files;

        Loader(Map<String, byte[]> files) {
            super(Changed.class.getClassLoader());
            this.files = files;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean own = name.startsWith(OWN)
                    && SHARED.stream().noneMatch(shared -> name.equals(shared) || name.startsWith(shared + "$"));
            if (!own) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            byte[] changed = files.get(name);
            return changed == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(changed);
        }
    }
}
