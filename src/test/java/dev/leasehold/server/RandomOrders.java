package dev.leasehold.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.run.Tally.Ask;
import dev.leasehold.server.Dialogue.Question;
import dev.leasehold.server.Sight.One;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** An operator of two nodes as dice fall, about whatever it sees; some of its orders are wrong, which it knows. */
final class RandomOrders {

    private static final Set<String> NONE = Set.of();
    private static final Set<String> INVALID = Set.of("409 invalid_state");
    private static final Set<String> NO_RERUN = Set.of("409 invalid_state", "409 already_rerun", "409 task_canceled");
    private static final String CONFLICT = "409 sequence_conflict";
    private static final String WRONG_VERSION = "999999";
    private static final String EMPTY = "{}";
    private static final int REMEMBERED = 10;

    private static final Map<Ask, String> PATHS = Map.ofEntries(
            Map.entry(Ask.CANCEL, "cancel"),
            Map.entry(Ask.RESUME, "resume"),
            Map.entry(Ask.HOLD, "hold"),
            Map.entry(Ask.UNHOLD, "unhold"),
            Map.entry(Ask.PRIORITY, "priority"),
            Map.entry(Ask.RUN_NOW, "run-now"),
            Map.entry(Ask.RESCHEDULE, "reschedule"),
            Map.entry(Ask.MOVE, "queue"),
            Map.entry(Ask.RERUN, "rerun"),
            Map.entry(Ask.NOTE, "events"),
            Map.entry(Ask.CANCEL_TASK, "cancel"),
            Map.entry(Ask.PAUSE_TASK, "pause"),
            Map.entry(Ask.RESUME_TASK, "resume"),
            Map.entry(Ask.FIRE, "fire"),
            Map.entry(Ask.SCHEDULE, "schedule"));

    private final Dialogue dialogue;
    private final Random random;
    private final Supplier<Sight> sight;
    private final List<UUID> recurring = new ArrayList<>();
    private final List<UUID> paused = new ArrayList<>();

    RandomOrders(Dialogue dialogue, Random random, Supplier<Sight> sight) {
        this.dialogue = dialogue;
        this.random = random;
        this.sight = sight;
    }

    /** A policy that comes to its end. */
    String cron() {
        return "{\"Cron\":{\"expression\":\"*/" + (1 + random.nextInt(3)) + " * * * * *\",\"max_occurrences\":"
                + (1 + random.nextInt(3)) + ",\"overlap\":\""
                + dialogue.pick(List.of("allow", "skip", "buffer_one", "cancel_previous")) + "\"}}";
    }

    /** A task that was submitted recurs. */
    void recurs(UUID task) {
        remember(recurring, task);
    }

    private static void remember(List<UUID> some, UUID task) {
        some.add(task);
        if (some.size() > REMEMBERED) {
            some.remove(0);
        }
    }

    /** To a run, three times of four to one for which it may be meant. */
    void run() {
        Ask ask = dialogue.pick(List.of(
                Ask.CANCEL,
                Ask.RESUME,
                Ask.HOLD,
                Ask.UNHOLD,
                Ask.UNHOLD,
                Ask.PRIORITY,
                Ask.RUN_NOW,
                Ask.RESCHEDULE,
                Ask.MOVE,
                Ask.NOTE));
        List<One> fitting = sight.get().alive(one -> fits(ask, one));
        List<One> any =
                random.nextInt(8) == 0 ? sight.get().ended() : sight.get().alive();
        List<One> some = fitting.isEmpty() || random.nextInt(4) == 0 ? any : fitting;
        if (!some.isEmpty()) {
            run(ask, dialogue.pick(some).run());
        }
    }

    private static boolean fits(Ask ask, One one) {
        return switch (ask) {
            case RESUME -> one.state().equals("Suspended");
            case UNHOLD -> one.held();
            case PRIORITY -> one.state().equals("Ready");
            case RESCHEDULE -> one.state().equals("Scheduled");
            case RUN_NOW -> Set.of("Scheduled", "RetryWait").contains(one.state());
            case HOLD, MOVE -> Set.of("Scheduled", "Ready", "RetryWait").contains(one.state());
            default -> true;
        };
    }

    private void run(Ask ask, UUID run) {
        Question question = Question.post("runs/" + run + "/" + PATHS.get(ask), body(ask));
        Set<String> refusals = Set.of(Ask.CANCEL, Ask.NOTE).contains(ask) ? NONE : INVALID;
        order(ask, question, refusals, "404 run_not_found");
    }

    private String body(Ask ask) {
        return switch (ask) {
            case PRIORITY -> "{\"priority\":" + random.nextInt(9) + "}";
            case RESCHEDULE -> "{\"scheduled_at\":" + RandomClient.seconds(random.nextInt(3000) - 500) + "}";
            case MOVE -> "{\"queue\":\"" + dialogue.pick(RandomClient.QUEUES) + "\"}";
            case NOTE ->
                "{\"events\":[{\"event_id\":\"n" + random.nextInt(5) + "\",\"event_type\":\"note.appended\"}]}";
            case SCHEDULE -> "{\"run_policy\":" + cron() + "}";
            default -> EMPTY;
        };
    }

    /** Right or, now and then, wrong. */
    private void order(Ask ask, Question question, Set<String> refusals, String notFound) {
        switch (random.nextInt(16)) {
            case 0 -> dialogue.askWrongly(ask, elsewhere(question), notFound);
            case 1 -> {
                if (ask != Ask.CANCEL_TASK) {
                    dialogue.askWrongly(
                            ask,
                            new Question(question.method(), question.path(), question.body(), WRONG_VERSION),
                            CONFLICT);
                }
            }
            default -> dialogue.ask(ask, question, refusals);
        }
    }

    private static Question elsewhere(Question question) {
        String path = question.path().replaceFirst("/[^/]*/", "/" + UUID.randomUUID() + "/");
        return new Question(question.method(), path, question.body(), null);
    }

    /** Has done again what has ended, or now and then what has not. */
    void rerun() {
        List<One> some =
                random.nextInt(8) == 0 ? sight.get().alive() : sight.get().ended();
        if (!some.isEmpty()) {
            UUID run = dialogue.pick(some).run();
            order(Ask.RERUN, Question.post("runs/" + run + "/rerun", EMPTY), NO_RERUN, "404 run_not_found");
        }
    }

    /** To a task. */
    void task() {
        Ask ask = dialogue.pick(List.of(
                Ask.CANCEL_TASK,
                Ask.PAUSE_TASK,
                Ask.RESUME_TASK,
                Ask.RESUME_TASK,
                Ask.RESUME_TASK,
                Ask.FIRE,
                Ask.FIRE,
                Ask.SCHEDULE,
                Ask.SCHEDULE));
        List<UUID> known = switch (ask) {
            case FIRE, SCHEDULE -> recurring;
            case RESUME_TASK -> paused;
            default -> List.of();
        };
        List<One> any =
                random.nextInt(8) == 0 ? sight.get().ended() : sight.get().alive();
        if (!known.isEmpty() && random.nextInt(4) > 0) {
            task(ask, dialogue.pick(known));
        } else if (!any.isEmpty()) {
            task(ask, dialogue.pick(any).task());
        }
    }

    private void task(Ask ask, UUID task) {
        String path = "tasks/" + task + "/" + PATHS.get(ask);
        Question question = new Question(ask == Ask.SCHEDULE ? "PUT" : "POST", path, body(ask), null);
        order(ask, question, ask == Ask.CANCEL_TASK ? NONE : INVALID, "404 task_not_found");
        if (ask == Ask.PAUSE_TASK) {
            remember(paused, task);
        }
    }

    void limit() {
        boolean clear = random.nextInt(3) == 0;
        String most = "{\"limit\":" + (clear ? "null" : most()) + "}";
        Ask kind = dialogue.pick(List.of(Ask.LIMIT_KEY, Ask.LIMIT_TYPE, Ask.LIMIT_QUEUE));
        String path = switch (kind) {
            case LIMIT_KEY -> "limits/key/" + RandomClient.KEYS.get(random.nextInt(2));
            case LIMIT_TYPE -> "limits/type/" + dialogue.pick(RandomClient.TYPES);
            default -> "queues/" + dialogue.pick(RandomClient.QUEUES);
        };
        Ask ask = clear ? Ask.CLEAR_LIMIT : kind;
        if (random.nextInt(6) == 0) {
            dialogue.askWrongly(ask, Question.put(path, "{\"limit\":-1}"), "422 invalid_request");
        } else {
            dialogue.insist(ask, Question.put(path, most), NONE);
        }
    }

    private int most() {
        return random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(4);
    }

    /** A pause lasts for two questions: no longer, or nothing would be done. */
    void pauseAndResume(Runnable meanwhile) {
        String what = dialogue.pick(List.of(EMPTY, "{\"queue\":\"slow\"}", "{\"queue\":\"fast\"}"));
        dialogue.ask(Ask.PAUSE_QUEUE, Question.post("engine/pause", what), NONE);
        meanwhile.run();
        dialogue.insist(Ask.RESUME_QUEUE, Question.post("engine/resume", what), NONE);
    }

    /** Opens every gate, on any node. */
    void open() {
        RandomClient.KEYS.forEach(key -> put("limits/key/" + key, "{\"limit\":50}"));
        RandomClient.TYPES.forEach(type -> put("limits/type/" + type, "{\"limit\":null}"));
        RandomClient.QUEUES.forEach(queue -> put("queues/" + queue, "{\"limit\":null,\"paused\":false}"));
        dialogue.insist(Ask.RESUME_QUEUE, Question.post("engine/resume", EMPTY), NONE);
    }

    private void put(String path, String body) {
        dialogue.insist(Ask.CLEAR_LIMIT, Question.put(path, body), NONE);
    }

    /** Has a run or a task go on that waits for it. */
    void letGo(Ask ask, UUID id) {
        String path = (ask == Ask.RESUME_TASK ? "tasks/" : "runs/") + id + "/" + PATHS.get(ask);
        dialogue.ask(ask, Question.post(path, EMPTY), INVALID);
    }

    /** Submits a task, or one that nobody can want. */
    void submit(String task, boolean rated, boolean recurs) {
        Ask ask = rated ? Ask.RATE : Ask.SUBMIT;
        if (random.nextInt(rated ? 4 : 16) == 0) {
            String wrong = task.replace("\"metadata\":{", "\"metadata\":{\"tags\":[\"\"],");
            dialogue.askWrongly(ask, Question.post("tasks", wrong), "422 invalid_task");
            return;
        }
        for (int i = 0; i < Dialogue.MOST_REPEATS; i++) {
            JsonNode answer =
                    dialogue.ask(ask, Question.post("tasks", task), NONE).orElse(null);
            if (answer != null) {
                if (recurs) {
                    recurs(UUID.fromString(answer.path("id").asText()));
                }
                return;
            }
        }
    }
}
