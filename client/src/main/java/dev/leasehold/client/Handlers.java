package dev.leasehold.client;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Calls the handler of a run's type; whatever it throws is an outcome. */
final class Handlers {

    private static final int CAUSES = 5;

    private final Map<String, Handler> byType;

    Handlers(Map<String, Handler> byType) {
        this.byType = Map.copyOf(byType);
    }

    List<String> types() {
        return byType.keySet().stream().sorted().toList();
    }

    Outcome run(Work work) {
        try {
            Handler handler = byType.get(work.type());
            return handler == null
                    ? Outcome.retry("this worker has no handler for type " + work.type())
                    : Objects.requireNonNull(handler.run(work), "the handler answered null");
        } catch (Throwable e) {
            String error = chain(e);
            return Cancellation.DEADLINE.equals(work.cancellation().reason())
                    ? Outcome.timeout(error)
                    : Outcome.retry(error);
        }
    }

    private static String chain(Throwable failure) {
        StringBuilder text = new StringBuilder().append(failure);
        Throwable cause = failure.getCause();
        for (int i = 0; cause != null && i < CAUSES; i++) {
            text.append("; caused by ").append(cause);
            cause = cause.getCause();
        }
        return text.toString();
    }
}
