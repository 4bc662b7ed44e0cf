package dev.leasehold.testing;

/** Runs work in the transaction that is there, or in a new one. */
final class Joining {

    private final QueueProcess process;

    Joining(QueueProcess process) {
        this.process = process;
    }

    <T, X extends Exception> T run(Work<T, X> work) throws X {
        OpenTransaction current = process.transaction();
        return current == null ? inNew(work) : within(current, work);
    }

    private static <T, X extends Exception> T within(OpenTransaction current, Work<T, X> work) throws X {
        boolean done = false;
        try {
            T result = work.run();
            done = true;
            return result;
        } finally {
            if (!done) {
                current.mark(new IllegalStateException("work that joined the transaction has thrown"));
            }
        }
    }

    private <T, X extends Exception> T inNew(Work<T, X> work) throws X {
        @SuppressWarnings("unchecked") // what it throws passes the transaction, and is declared here
        Work<T, RuntimeException> unchecked = (Work<T, RuntimeException>) work;
        return process.transactions().inNew(unchecked::run);
    }
}
