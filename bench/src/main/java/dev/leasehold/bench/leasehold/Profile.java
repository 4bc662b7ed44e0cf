package dev.leasehold.bench.leasehold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * With {@code bench.profile=true}: where a server's CPU goes between begin and end, by the samples of JFR. Written into the
 * results as {@code profile-<case>.txt}; otherwise nothing.
 */
final class Profile {

    private static final boolean WANTED = Boolean.getBoolean("bench.profile");
    private static final int TOP = 30;
    private static final String OURS = "dev.leasehold.";
    private static final int WORDS_OF_A_PACKAGE = 3;

    private final long pid;
    private final Path text;

    private Profile(long pid, Path text) {
        this.pid = pid;
        this.text = text;
    }

    static Profile begin(long pid, String id) throws IOException, InterruptedException {
        Path out = Path.of(System.getProperty("bench.out", "target/results")).toAbsolutePath();
        Profile profile = new Profile(pid, out.resolve("profile-" + id + ".txt"));
        profile.command("JFR.start", "name=bench", "settings=profile");
        return profile;
    }

    void end() throws IOException, InterruptedException {
        Path recording = text.resolveSibling(text.getFileName() + ".jfr");
        command("JFR.stop", "name=bench", "filename=" + recording);
        if (WANTED) {
            Files.writeString(text, report(recording));
        }
    }

    private void command(String... words) throws IOException, InterruptedException {
        if (!WANTED) {
            return;
        }
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        ProcessBuilder builder = new ProcessBuilder(jcmd, String.valueOf(pid));
        builder.command().addAll(List.of(words));
        int code = builder.inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("jcmd ended with " + code);
        }
    }

    private static String report(Path recording) throws IOException {
        Map<String, Integer> methods = new HashMap<>();
        Map<String, Integer> packages = new HashMap<>();
        Map<String, Integer> ours = new HashMap<>();
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
                    List<String> frames = event.getStackTrace().getFrames().stream()
                            .map(Profile::name)
                            .toList();
                    methods.merge(frames.get(0), 1, Integer::sum);
                    packages.merge(packageOf(frames.get(0)), 1, Integer::sum);
                    ours.merge(nearest(frames), 1, Integer::sum);
                }
            }
        }
        return top("method on top", methods) + top("its package", packages) + top("nearest method of Leasehold", ours);
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static String packageOf(String method) {
        String[] words = method.split("\\.", -1);
        return String.join(".", List.of(words).subList(0, Math.min(WORDS_OF_A_PACKAGE, words.length - 2)));
    }

    private static String nearest(List<String> frames) {
        return frames.stream()
                .filter(frame -> frame.startsWith(OURS) && !frame.contains("$Proxy"))
                .findFirst()
                .orElse("(none)");
    }

    private static String top(String title, Map<String, Integer> counts) {
        double all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(TOP)
                .map(one -> String.format(
                        Locale.ROOT, "%5.1f %% %6d  %s%n", 100 * one.getValue() / all, one.getValue(), one.getKey()))
                .collect(Collectors.joining("", "== " + title + " (" + (long) all + " samples)\n", "\n"));
    }
}
